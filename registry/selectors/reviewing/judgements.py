"""The judgements that make up a person, and those that contradict them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from registry.models import Judgement, Record, Verdict
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import Subject, keys
from registry.selectors.provenance import local


@dataclass(frozen=True, slots=True)
class Named:
    """A record of a judgement. `inside`: it is of the person looked at; `home` is who it was born as, for the audit."""

    code: str
    key: str
    kind: str
    name: str
    inside: bool
    home: uuid.UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """A judgement that counts. `holds` is False when the persons are not as it says: others keep it from being so."""

    pk: int
    verdict: Verdict
    judge: str
    score: float | None
    note: str
    vetoes: tuple[str, ...]
    made_at: datetime
    a: Named
    b: Named
    holds: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A judgement taken back: by whom, when and why."""

    verdict: Verdict
    judge: str
    made_at: datetime
    revoked_by: str
    revoked_at: datetime
    note: str
    a: Named
    b: Named


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything judged of a person's records, the newest first."""

    standing: tuple[Standing, ...]
    past: tuple[Past, ...]

    @property
    def contradictory(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standing if one.disputed or not one.holds)

    @property
    def persons(self) -> tuple[uuid.UUID, ...]:
        """Whom the records name, each once."""
        every: list[Standing | Past] = [*self.standing, *self.past]
        return tuple(dict.fromkeys(record.home for one in every for record in (one.a, one.b)))


MOST_PAST = 100


def judgements_of(subject: Subject, scope: Scope) -> Judged:
    """What stands on the person's records within the scope, and what was taken back (two queries)."""
    ids = set(keys(subject.records))
    touching = Judgement.objects.filter(
        Q(a__in=ids) | Q(b__in=ids), seals.seen_by(scope, "a__person"), seals.seen_by(scope, "b__person")
    )
    touching = touching.select_related("a__origin", "b__origin", "a__home", "b__home")
    if not scope.lawyers:
        touching = touching.exclude(Q(a__kind="L") | Q(b__kind="L"))
    standing = [one for one in touching.filter(revoked_at=None).order_by("-made_at", "-pk") if _tells(one, ids)]
    verdicts: dict[tuple[int, int], set[str]] = {}
    for one in standing:
        verdicts.setdefault((one.a_id, one.b_id), set()).add(one.verdict)
    past = touching.filter(revoked_at__isnull=False).order_by("-revoked_at", "-pk")[:MOST_PAST]
    return Judged(
        tuple(_standing(one, ids, subject, verdicts[one.a_id, one.b_id]) for one in standing),
        tuple(_past(one, ids, subject) for one in past),
    )


def _tells(judgement: Judgement, ids: set[int]) -> bool:
    """A model's doubt of some other person says nothing of this one; a human's does, and so does what keeps apart."""
    inside = judgement.a_id in ids and judgement.b_id in ids
    return inside or judgement.judge.startswith("user:") or judgement.verdict != Verdict.UNSURE


def _standing(judgement: Judgement, ids: set[int], subject: Subject, verdicts: set[str]) -> Standing:
    together = judgement.a.person_id == judgement.b.person_id
    return Standing(
        pk=judgement.pk,
        verdict=Verdict(judgement.verdict),
        judge=judgement.judge,
        score=judgement.score,
        note=judgement.note,
        vetoes=tuple(judgement.vetoes),
        made_at=local(judgement.made_at, subject.origins[0]),
        a=_named(judgement.a, ids),
        b=_named(judgement.b, ids),
        holds=judgement.verdict == Verdict.UNSURE or together == (judgement.verdict == Verdict.SAME),
        disputed={Verdict.SAME.value, Verdict.DIFFERENT.value} <= verdicts,
    )


def _past(judgement: Judgement, ids: set[int], subject: Subject) -> Past:
    assert judgement.revoked_at is not None
    zone = subject.origins[0]
    return Past(
        verdict=Verdict(judgement.verdict),
        judge=judgement.judge,
        made_at=local(judgement.made_at, zone),
        revoked_by=judgement.revoked_by,
        revoked_at=local(judgement.revoked_at, zone),
        note=judgement.revoked_note,
        a=_named(judgement.a, ids),
        b=_named(judgement.b, ids),
    )


def _named(record: Record, ids: set[int]) -> Named:
    inside, home = record.pk in ids, record.home.public_id
    return Named(record.origin.code, record.origin_key, record.kind, record.name, inside, home)
