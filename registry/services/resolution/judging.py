"""Judgements by humans, who outrank every rule and model."""

from django.db import connection, transaction
from django.db.models.functions import Now

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.models import Judgement, Person, Record, Verdict
from registry.services import locks, search_documents
from registry.services.resolution import persons


class AlreadyRevoked(Exception):
    """The judgement no longer stands: somebody was faster."""


@transaction.atomic
def judge(*, a: Record, b: Record, verdict: Verdict, by: Actor) -> Judgement:
    """Write down what a human decided of two records, in place of what the same human decided of them before.

    Their persons and search documents follow at once. Raises ValueError for a record and itself.
    """
    first, second = sorted((a.pk, b.pk))
    if first == second:
        raise ValueError("A record is not judged against itself.")
    with connection.cursor() as cursor:
        locks.judging_records(cursor)
    own = Judgement.objects.standing().filter(a=first, b=second, judge=_name(by))
    own.update(revoked_at=Now(), revoked_by=_name(by))
    made = Judgement.objects.create(a_id=first, b_id=second, verdict=verdict, judge=_name(by))
    _rebuild(made)
    _record(Kind.JUDGED, made, by)
    return made


@transaction.atomic
def revoke(*, judgement: Judgement, by: Actor) -> None:
    """Take a standing judgement back, whoever made it; a rule will not judge that pair again.

    Their persons and search documents follow at once. Raises AlreadyRevoked.
    """
    with connection.cursor() as cursor:
        locks.judging_records(cursor)
    standing = Judgement.objects.standing().filter(pk=judgement.pk)
    if not standing.update(revoked_at=Now(), revoked_by=_name(by)):
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
    search_documents.refresh(rebuilt.persons)


def _record(kind: Kind, judgement: Judgement, by: Actor) -> None:
    """The audit names the persons the two records were born with: those ids never change."""
    homes = Record.objects.filter(pk__in=(judgement.a_id, judgement.b_id)).order_by("pk")
    recorder.record_with(
        Event(
            kind=kind,
            actor=by,
            action=f"judgement.{judgement.verdict}",
            subjects=tuple(homes.values_list("home__public_id", flat=True)),
            detail={"judgement": judgement.pk, "records": [judgement.a_id, judgement.b_id], "judge": judgement.judge},
        )
    )
