"""The two sides of a pair: which records would come together, and what that would touch."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from registry.matching.clusters import cluster
from registry.matching.reviewing import Stakes
from registry.models import Custody, Judgement, Record, Review, Verdict


@dataclass(frozen=True)
class Sides:
    """Records on the side of A and on that of B, oldest first; each begins, at the latest, with the pair's own."""

    a: tuple[Record, ...]
    b: tuple[Record, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        return (*self.a, *self.b)


def sides_of(review: Review) -> Sides:
    """The records of the two persons; of a pair that shares one, as it would fall apart.

    Whoever looks must not learn from the screen whether the two share a person already.
    """
    a, b = review.a_id, review.b_id
    persons = Record.objects.filter(pk__in=(a, b)).values("person")
    records = list(Record.objects.filter(person__in=persons).select_related("origin", "person", "home").order_by("pk"))
    by_id = {record.pk: record for record in records}
    if by_id[a].person_id != by_id[b].person_id:
        return Sides(
            tuple(r for r in records if r.person_id == by_id[a].person_id),
            tuple(r for r in records if r.person_id == by_id[b].person_id),
        )
    leads = _apart(records, a, b)
    return Sides(
        tuple(r for r in records if leads.get(r.pk, r.pk) == leads.get(a, a)),
        tuple(r for r in records if leads.get(r.pk, r.pk) == leads.get(b, b)),
    )


def _apart(records: Iterable[Record], a: int, b: int) -> dict[int, int]:
    """The clusters of one person's records once A and B are kept apart, by the order of `resolution.persons`."""
    ids = [record.pk for record in records]
    standing = Judgement.objects.standing().filter(a__in=ids, b__in=ids)
    same = [(j.a_id, j.b_id) for j in sorted(standing.filter(verdict=Verdict.SAME), key=_strength)]
    different = standing.filter(verdict=Verdict.DIFFERENT).values_list("a_id", "b_id")
    return cluster(same, [(a, b), *different])


def _strength(judgement: Judgement) -> tuple[bool, float, int, int]:
    score = judgement.score if judgement.score is not None else float("-inf")
    return not judgement.judge.startswith("user:"), -score, judgement.a_id, judgement.b_id


def stakes_of(review: Review, sides: Sides) -> Stakes:
    """What joining the two sides would touch (two queries)."""
    ids = [record.pk for record in sides.records]
    held = Custody.objects.filter(prisoner__in=ids, ended_at=None, removed_at=None)
    return Stakes(
        vetoes=review.vetoes,
        in_custody=held.exists(),
        kinds=(frozenset(r.kind for r in sides.a), frozenset(r.kind for r in sides.b)),
        records=len(ids),
        contradicted=bool(kept_apart(sides)),
    )


def kept_apart(sides: Sides) -> list[Judgement]:
    """Standing judgements of "different" between the two sides."""
    left, right = [r.pk for r in sides.a], [r.pk for r in sides.b]
    different = Judgement.objects.standing().filter(verdict=Verdict.DIFFERENT)
    return [*different.filter(a__in=left, b__in=right), *different.filter(a__in=right, b__in=left)]


def fingerprint(review: Review, sides: Sides) -> str:
    """A digest of what the reviewer is shown to decide on: another one means that it changed since.

    Whose hands a pair is in, and whether a first vote was cast, are not part of it.
    """
    pair = {review.a_id, review.b_id}
    seen = [
        review.pk,
        review.score,
        review.reasons,
        review.vetoes,
        [[r.pk for r in sides.a], [r.pk for r in sides.b]],
        [[r.pk, r.load, r.received_at, r.origin_updated_at, r.removed_at] for r in sides.records if r.pk in pair],
        [[getattr(r, name) for name in _SHOWN] for r in sides.records if r.pk in pair],
    ]
    return hashlib.sha256(orjson.dumps(seen)).hexdigest()


_SHOWN = ("name", "mother_name", "father_name", "birth_date", "sex", "cpf", "phone", "address")
