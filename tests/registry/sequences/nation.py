"""A small base of two states, and the steps that loads and humans take on it."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from django.db import transaction

from audit.events import Actor, Channel, system
from registry.models import Judgement, Record, Review, Verdict
from registry.services import crossing, findings, resolution, search_documents
from tests.factories import registry as make
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, take_away

BY: Final = system("test")
HUMANS: Final = tuple(Actor(username=name, channel=Channel.PAGE) for name in ("revisora", "revisor"))
# Who has no judgement of their own before they merge and unmerge.
THIRD: Final = Actor(username="perita", channel=Channel.PAGE)
CPFS: Final = ("", make.make_cpf(700_001), make.make_cpf(700_002))
# Few values of each field, so that records meet: of one name, of a compatible one, of another, of a twin.
VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "nome": ("JOSE CARLOS SILVA ROCHA", "JOSE C ROCHA", "MARCIA LIMA DUARTE", "JOAO CARLOS SILVA ROCHA"),
    "nome_mae": ("MARIA SILVA TEIXEIRA", "RITA LIMA BORGES", None),
    "dt_nascimento": (date(1990, 5, 7), date(1990, 7, 5), date(1961, 1, 2), None),
    "sexo": ("M", "F"),
    "cpf": CPFS,
}


class Slot(NamedTuple):
    """A record as its state knows it: the view it comes in, the state and its id there."""

    view: str
    uf: str
    key: str


PRESENT: Final = (
    Slot("vw_preso", "AL", "1"), Slot("vw_preso", "AL", "2"), Slot("vw_preso", "PE", "1"), Slot("vw_preso", "PE", "2"),
    Slot("vw_visitante", "AL", "1"), Slot("vw_visitante", "AL", "2"), Slot("vw_visitante", "PE", "1"),
)  # fmt: skip
LATER: Final = (Slot("vw_preso", "PE", "3"), Slot("vw_visitante", "PE", "2"), Slot("vw_preso", "AL", "3"))
SLOTS: Final = PRESENT + LATER
# Which visitor visits whom, each within a state.
VISITS: Final = (("AL", "1", "1"), ("AL", "2", "1"), ("AL", "2", "2"), ("PE", "1", "1"))


class Nation:
    """The base, and how many judgements and revocations humans have made in it."""

    def __init__(self) -> None:
        self.judged = self.revoked = 0
        self.known: dict[Slot, dict[str, Any]] = {}
        for uf in ("AL", "PE"):
            self._send("vw_unidade", uf, "1", **ROWS["vw_unidade"])
        for number, slot in enumerate(PRESENT):
            values = {field: choices[number % len(choices)] for field, choices in VALUES.items()}
            self._record(slot, values)
        for uf, visitor, prisoner in VISITS:
            self._visit(uf, visitor, prisoner)
        for slot in (PRESENT[0], PRESENT[2]):
            self._hold(slot, ended=None)
        self._settle()

    def take(self, step: tuple[Any, ...]) -> None:
        """One step: the name of a method and what it is given."""
        name, *given = step
        act: Callable[..., None] = getattr(self, name)
        act(*given)

    def judge(self, a: int, b: int, verdict: Verdict, human: int) -> None:
        """A human judges two records, and so answers the review of the pair, if one is open."""
        records = sorted({a % len(self.known), b % len(self.known)})
        if len(records) == 1:
            return
        one, other = (Record.objects.order_by("pk")[number] for number in records)
        waiting = Review.objects.open().filter(a=one, b=other).first()
        resolution.judge(a=other, b=one, verdict=verdict, by=HUMANS[human])
        self.judged += 1
        assert not waiting or Review.objects.get(pk=waiting.pk).outcome == verdict

    def contradict(self, a: int, b: int, first: int, last: Verdict) -> None:
        """Two humans judge the same pair, one after the other, and do not agree; `last` is the second's word."""
        opposite = {Verdict.SAME: Verdict.DIFFERENT, Verdict.DIFFERENT: Verdict.SAME}
        self.judge(a, b, opposite[last], first)
        self.judge(a, b, last, 1 - first)

    def revoke(self, number: int, human: int) -> None:
        """A human takes back a standing judgement, whoever made it."""
        if standing := list(Judgement.objects.standing().order_by("pk")):
            resolution.revoke(judgement=standing[number % len(standing)], by=HUMANS[human], note="Engano.")
            self.revoked += 1

    def load(self, number: int, field: str, choice: int) -> None:
        """A load brings a record: new, changed, the same as before, or held again by a state that had excluded it."""
        slot = SLOTS[number]
        base = {name: choices[0] for name, choices in VALUES.items()}
        choices = VALUES[field]
        self._record(slot, {**self.known.get(slot, base), field: choices[choice % len(choices)]})
        self._settle()

    def remove(self, number: int) -> None:
        """A state excludes a record."""
        slot = SLOTS[number]
        if slot in self.known:
            take_away(slot.view, [slot.key], make.make_origin(slot.uf))
            self._settle()

    def hold(self, number: int, ended: bool) -> None:
        """A prisoner enters a unit, or leaves it."""
        slot = SLOTS[number]
        if slot.view == "vw_preso" and slot in self.known:
            self._hold(slot, ended=datetime(2026, 3, 1, 12, tzinfo=UTC) if ended else None)
            self._settle()

    def merge_and_unmerge(self, a: int, b: int, between: Callable[[], None]) -> None:
        """A third human judges two records the same, `between` follows, and they take it back."""
        records = list(Record.objects.order_by("pk"))
        one, other = records[a % len(records)], records[b % len(records)]
        if one == other:
            return
        made = resolution.judge(a=one, b=other, verdict=Verdict.SAME, by=THIRD)
        between()
        resolution.revoke(judgement=made.judgement, by=THIRD, note="Engano.")
        self.judged, self.revoked = self.judged + 1, self.revoked + 1

    def _record(self, slot: Slot, values: dict[str, Any]) -> None:
        self.known = {**self.known, slot: values}
        fields = {name: value for name, value in values.items() if name != "cpf"}
        if slot.view == "vw_visitante":
            self._send(*slot, rg=f"20{slot.key}", cpf=values["cpf"] or None, **fields)
            return
        self._send(*slot, prontuario=f"M{slot.key}", **fields)
        if values["cpf"]:
            self._send("vw_preso_documento", slot.uf, slot.key, id_preso=slot.key, tipo="CPF", numero=values["cpf"])
        else:
            take_away("vw_preso_documento", [slot.key], make.make_origin(slot.uf))

    def _visit(self, uf: str, visitor: str, prisoner: str) -> None:
        key = f"{visitor}-{prisoner}"
        who = {"id_visitante": visitor, "id_preso": prisoner}
        self._send("vw_visitante_preso", uf, key, **{**ROWS["vw_visitante_preso"], **who})
        self._send("vw_visita", uf, key, **{**ROWS["vw_visita"], **who})

    def _hold(self, slot: Slot, *, ended: datetime | None) -> None:
        held = {**ROWS["vw_custodia"], "id_preso": slot.key, "dt_saida": ended}
        self._send("vw_custodia", slot.uf, slot.key, **held)

    def _send(self, view: str, uf: str, key: str, **fields: Any) -> None:
        hand_over(view, [{"id_origem": key, **fields}], make.make_origin(uf))

    def _settle(self) -> None:
        resolution.settle(by=BY)
        search_documents.refresh()


def follow() -> None:
    """What runs after loads and judgements: documents, crossings, quality rules."""
    search_documents.refresh()
    crossing.refresh()
    findings.check(by=BY)


@contextmanager
def undone() -> Any:
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
