"""Judgements by humans, who outrank every rule and model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Judgement, Person, Record, Review, ReviewCause, Verdict
from registry.services import locks, search_documents
from registry.services.resolution import persons
from registry.services.reviewing import queueing


class AlreadyRevoked(Exception):
    """The judgement no longer stands: somebody was faster."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A judgement just made, and what stands against it.

    `contradicts` are standing judgements by others that say otherwise of the pair, or that keep the two persons as
    they are against it. `holds` is False when it was written down and the persons are not yet as it says, since other
    humans' judgements or a veto on other pairs of the same persons forbid it: a review is open for that.
    """

    judgement: Judgement
    contradicts: tuple[Judgement, ...]
    holds: bool


@transaction.atomic
def judge(
    *, a: Record, b: Record, verdict: Verdict, by: Actor, note: str = "", judge: str = "", voters: Sequence[str] = ()
) -> Judged:
    """Write down what a human decided of two records, in place of what the same human decided of them before.

    Where several had to agree, `judge` is the one it stands in the name of, `voters` are all of them and `by` is the
    one whose word settled it.

    Their persons, search documents and reviews follow at once; the pair's open review, unless it is a sample, is
    closed with this verdict. Raises ValueError for a record and itself.
    """
    judge = judge or _name(by)
    first, second = sorted((a.pk, b.pk))
    if first == second:
        raise ValueError("A record is not judged against itself.")
    with connection.cursor() as cursor:
        locks.judging_records(cursor)
    own = Judgement.objects.standing().filter(a=first, b=second, judge=judge)
    own.update(revoked_at=Now(), revoked_by=_name(by), revoked_note="")
    made = Judgement.objects.create(a_id=first, b_id=second, verdict=verdict, judge=judge, note=note)
    waiting = Review.objects.filter(a=first, b=second, closed_at=None).exclude(cause=ReviewCause.SAMPLE)
    waiting.update(closed_at=Now(), outcome=verdict, claimed_by="", claimed_until=None)
    _rebuild(made)
    _record(Kind.JUDGED, made, by, voters=list(voters) or [judge])
    return _outcome(made)


@transaction.atomic
def revoke(*, judgement: Judgement, by: Actor, note: str = "") -> None:
    """Take a standing judgement back, whoever made it, saying why; a rule or model will not join that pair again.

    Their persons, search documents and reviews follow at once. Raises AlreadyRevoked.
    """
    with connection.cursor() as cursor:
        locks.judging_records(cursor)
    standing = Judgement.objects.standing().filter(pk=judgement.pk)
    if not standing.update(revoked_at=Now(), revoked_by=_name(by), revoked_note=note):
        raise AlreadyRevoked
    judgement.refresh_from_db()
    _rebuild(judgement)
    _record(Kind.JUDGEMENT_REVOKED, judgement, by)


def redirect(person: Person) -> Person:
    """The person that a person's id leads to now: itself, or the one its home record was judged to be."""
    current = Person.objects.filter(records__home=person).first()
    return current or person


def _name(by: Actor) -> str:
    return f"user:{by.username}"


def _rebuild(judgement: Judgement) -> None:
    with connection.cursor() as cursor:
        persons.seed(cursor, (judgement.a_id, judgement.b_id))
        rebuilt = persons.rebuild(cursor)
        queueing.requeue(cursor)
    search_documents.refresh(rebuilt.persons)


def _outcome(made: Judgement) -> Judged:
    a, b = Record.objects.filter(pk__in=(made.a_id, made.b_id)).order_by("pk").values_list("person", flat=True)
    holds = made.verdict == Verdict.UNSURE or (a == b) == (made.verdict == Verdict.SAME)
    against = _against(made.verdict).filter(a=made.a_id, b=made.b_id)
    if a != b:
        between = Q(a__person=a, b__person=b) | Q(a__person=b, b__person=a)
        against |= _against(made.verdict).filter(between)
    return Judged(judgement=made, contradicts=tuple(against.order_by("pk")), holds=holds)


def _against(verdict: str) -> QuerySet[Judgement]:
    """Standing judgements that say otherwise."""
    standing = Judgement.objects.standing()
    if verdict == Verdict.SAME:
        return standing.filter(Q(verdict=Verdict.DIFFERENT) | Q(verdict=Verdict.UNSURE) & ~Q(vetoes=[]))
    return standing.filter(verdict=Verdict.SAME) if verdict == Verdict.DIFFERENT else standing.none()


def _record(kind: Kind, judgement: Judgement, by: Actor, **more: Any) -> None:
    """The audit names the persons the two records were born with: those ids never change."""
    homes = Record.objects.filter(pk__in=(judgement.a_id, judgement.b_id)).order_by("pk")
    recorder.record_with(
        Event(
            kind=kind,
            actor=by,
            action=f"judgement.{judgement.verdict}",
            subjects=tuple(homes.values_list("home__public_id", flat=True)),
            detail={
                "judgement": judgement.pk,
                "records": [judgement.a_id, judgement.b_id],
                "judge": judgement.judge,
                **more,
            },
        )
    )
