"""Court cases and offences. Of a sealed case only the existence is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from registry.labels import Label, label
from registry.models import Case, Offence
from registry.scope import Scope
from registry.selectors.people.subject import Subject, keys
from registry.selectors.provenance import Source, source_of
from registry.values import npu

# A secrecy that no list knows is treated as the strictest.
OPEN: Final = frozenset({"", "ABERTO", "RESTRITO"})


@dataclass(frozen=True, slots=True)
class OffenceSeen:
    """An offence of a case."""

    law: str
    article: str
    name: Label
    committed_on: date | None
    heinous: bool | None
    attempted: bool | None


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A case. `sealed` leaves everything but its source empty. `sentence`: years, months, days."""

    source: Source
    sealed: bool
    number: str = ""
    valid_number: bool = True
    piece_kind: str = ""
    arrest_kind: Label = Label("", "")  # noqa: RUF009 - a frozen value
    court: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    sentenced_on: date | None = None
    final_on: date | None = None
    sentence: tuple[int, int, int] | None = None
    initial_regime: Label = Label("", "")  # noqa: RUF009 - a frozen value
    recidivist: bool | None = None
    remand_days: int | None = None
    secrecy: Label = Label("", "")  # noqa: RUF009 - a frozen value
    offences: tuple[OffenceSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases, newest first, and how many there are in all."""

    rows: tuple[CaseSeen, ...]
    total: int


def cases(subject: Subject, scope: Scope, *, limit: int = 100) -> Cases:
    """The court cases of a prisoner, with their offences, at most `limit` (one query)."""
    offences = Offence.objects.filter(case=OuterRef("pk"), removed_at=None).order_by("id")
    rows = (
        Case.objects.filter(prisoner__in=keys(subject.prisoners), removed_at=None)
        .select_related("origin")
        .annotate(charged=ArraySubquery(offences.values(json=_OFFENCE)))
        .order_by("-issued_on", "-id")
    )
    found = list(rows[: limit + 1])
    total = len(found) if len(found) <= limit else rows.count()
    return Cases(tuple(_seen(case, subject) for case in found[:limit]), total)


_OFFENCE = JSONObject(
    law="law",
    article="article",
    code="form_code",
    committed_on="committed_on",
    heinous="heinous",
    attempted="attempted",
)


def _seen(case: Case, subject: Subject) -> CaseSeen:
    source = source_of(case.origin, subject.now)
    if case.secrecy not in OPEN:
        return CaseSeen(source=source, sealed=True)
    charged: list[dict[str, Any]] = case.charged  # type: ignore[attr-defined]
    return CaseSeen(
        source=source,
        sealed=False,
        number=npu.display(case.npu) if case.npu else case.npu_raw,
        valid_number=bool(case.npu),
        piece_kind=case.piece_kind,
        arrest_kind=label("especie_prisao", case.arrest_kind),
        court=case.court,
        issued_on=case.issued_on,
        valid_until=case.valid_until,
        sentenced_on=case.sentenced_on,
        final_on=case.final_on,
        sentence=_sentence(case),
        initial_regime=label("regime", case.initial_regime),
        recidivist=case.recidivist,
        remand_days=case.remand_days,
        secrecy=label("sigilo", case.secrecy),
        offences=tuple(_offence(offence) for offence in charged),
    )


def _sentence(case: Case) -> tuple[int, int, int] | None:
    parts = (case.sentence_years or 0, case.sentence_months or 0, case.sentence_days or 0)
    return parts if any(parts) else None


def _offence(offence: dict[str, Any]) -> OffenceSeen:
    committed = offence["committed_on"]
    return OffenceSeen(
        law=offence["law"],
        article=offence["article"],
        name=label("incidencia_penal", offence["code"]),
        committed_on=date.fromisoformat(committed) if committed else None,
        heinous=offence["heinous"],
        attempted=offence["attempted"],
    )
