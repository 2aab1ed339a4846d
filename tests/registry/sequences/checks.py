"""What must hold of the base: each derived thing is what it would be if it were made from scratch."""

from collections import defaultdict
from typing import Any

from django.db import connection

from audit.models import AccessEvent
from registry.models import (
    ContactKey,
    Crossing,
    Crowd,
    Custody,
    Finding,
    Judgement,
    Outcome,
    PendingPerson,
    Person,
    PersonLink,
    PersonSearch,
    Record,
    Review,
    ReviewCause,
    Unidentified,
    Verdict,
    Visit,
    VisitorLink,
)
from registry.scope import Scope
from registry.selectors.people import links, merged, visitors
from registry.selectors.people.subject import Subject, open_subject
from registry.services import crossing, findings, resolution, search_documents
from registry.services.links import rebuild_all
from registry.services.resolution import persons
from registry.services.reviewing import queueing
from tests.registry.sequences.nation import BY, Nation, undone

SCOPE = Scope(lawyers=True)
Rows = list[tuple[Any, ...]]


def rows(model: Any, *, without: tuple[str, ...] = ("id",)) -> Rows:
    """Every row of a table but its serial number, in a fixed order."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in without]
    return sorted(model.objects.values_list(*names), key=repr)


def derived() -> dict[str, Rows]:
    """All that is derived of the records and their persons, but the queue."""
    names = ("rule", "subject", "severity", "status", "origins", "evidence")
    return {
        "persons": list(Record.objects.order_by("pk").values_list("pk", "person_id")),
        "documents": rows(PersonSearch),
        "links": rows(PersonLink),
        "crossings": crossed(),
        "findings": sorted(Finding.objects.standing().values_list(*names), key=repr),
    }


def crossed() -> Rows:
    return [row for model in (Crossing, ContactKey, Crowd, Unidentified) for row in rows(model)]


def homes() -> dict[int, int]:
    """Record → the person it was born with."""
    return dict(Record.objects.values_list("pk", "home_id"))


def facts() -> Rows:
    """What hangs on records."""
    return [
        *VisitorLink.objects.order_by("pk").values_list("origin", "origin_key", "visitor", "prisoner"),
        *Visit.objects.order_by("pk").values_list("origin", "origin_key", "visitor", "prisoner"),
        *Custody.objects.order_by("pk").values_list("origin", "origin_key", "prisoner"),
    ]


def persons_follow_the_judgements() -> None:
    """Persons are what the standing judgements say, told anew here: nobody shares one with whom they are kept from."""
    standing = list(Judgement.objects.standing())
    by_pair: dict[tuple[int, int], list[Judgement]] = defaultdict(list)
    for one in standing:
        by_pair[one.a_id, one.b_id].append(one)
    apart = [pair for pair, said in by_pair.items() if _kept_apart(said)]
    groups = {pk: {pk} for pk in Record.objects.values_list("pk", flat=True)}
    joining = [one for one in standing if one.verdict == Verdict.SAME and _counts(one, by_pair[one.a_id, one.b_id])]
    for one in sorted(joining, key=lambda j: (not _human(j), -(j.score or 0), j.a_id, j.b_id)):
        union = groups[one.a_id] | groups[one.b_id]
        if not any(a in union and b in union for a, b in apart):
            groups |= dict.fromkeys(union, union)
    born = homes()
    told = {pk: born[min(group)] for pk, group in groups.items()}
    assert dict(Record.objects.values_list("pk", "person_id")) == told


def nobody_waits_for_documents() -> None:
    """Loads and judgements end with the documents of the persons they touched."""
    assert not PendingPerson.objects.exists()


def contradictions_wait() -> None:
    """A pair that a human holds to be one and that is kept apart waits, until a human has answered just that."""
    persons_of = _persons()
    said_same = {
        (one.a_id, one.b_id)
        for one in Judgement.objects.standing()
        if _human(one) and one.verdict == Verdict.SAME and persons_of[one.a_id] != persons_of[one.b_id]
    }
    asked = Review.objects.filter(cause=ReviewCause.CONTRADICTION)
    waiting = set(asked.filter(closed_at=None).values_list("a_id", "b_id"))
    answered = set(asked.exclude(closed_at=None).exclude(outcome=Outcome.WITHDRAWN).values_list("a_id", "b_id"))
    assert waiting <= said_same
    assert said_same <= waiting | answered


def _human(judgement: Judgement) -> bool:
    return judgement.judge.startswith("user:")


def _kept_apart(said: list[Judgement]) -> bool:
    overruled = any(_human(one) and one.verdict == Verdict.SAME for one in said)
    vetoed = any(one.verdict == Verdict.UNSURE and one.vetoes for one in said)
    return any(one.verdict == Verdict.DIFFERENT for one in said) or (vetoed and not overruled)


def _counts(judgement: Judgement, said: list[Judgement]) -> bool:
    return _human(judgement) or not any(_human(one) and one.verdict != Verdict.SAME for one in said)


def rebuilding_changes_nothing() -> None:
    """Persons from nothing, and the queue from nothing but what was answered."""
    known, waiting = _persons(), _waiting()
    with undone(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_record SET person_id = home_id")
        persons.seed(cursor, known)
        persons.rebuild(cursor)
        assert _persons() == known
        Review.objects.open().exclude(cause=ReviewCause.SAMPLE).delete()
        queueing.requeue(cursor)
        assert _waiting() == waiting


def _persons() -> dict[int, int]:
    return dict(Record.objects.values_list("pk", "person_id"))


def _waiting() -> Rows:
    names = ("a_id", "b_id", "cause", "judge", "score", "reasons", "vetoes", "impact")
    return sorted(Review.objects.open().values_list(*names), key=repr)


def deriving_changes_nothing() -> None:
    """Documents, links, crossings and findings from nothing."""
    before = derived()
    with undone():
        checked = findings.check_all(by=BY)
        assert (checked.opened, checked.closed) == (0, 0)
        for model in (PersonSearch, PersonLink, Crossing, ContactKey, Crowd, Unidentified):
            model.objects.all().delete()
        search_documents.refresh(Person.objects.values_list("pk", flat=True))
        assert rows(PersonLink) == before["links"]
        PersonLink.objects.all().delete()
        rebuild_all()
        crossing.mark_all()
        crossing.refresh()
        assert derived() == before


def ids_lead_to_their_records() -> None:
    """Every id that a record was born with leads to the person it is of now; that person shows exactly its records."""
    by_person: dict[int, list[Record]] = defaultdict(list)
    for record in Record.objects.select_related("home", "person").order_by("pk"):
        by_person[record.person_id].append(record)
        assert resolution.redirect(record.home) == record.person
        moved = record.home_id != record.person_id
        assert merged.current_of(record.home.public_id, SCOPE) == (record.person.public_id if moved else None)
        assert (open_subject(record.home.public_id, SCOPE) is None) == moved
    for records in by_person.values():
        subject = open_subject(records[0].person.public_id, SCOPE)
        assert subject is not None
        assert list(subject.records) == records
        _shows_what_hangs_on_its_records(subject)


def _shows_what_hangs_on_its_records(subject: Subject) -> None:
    held = Custody.objects.filter(prisoner__in=subject.prisoners, removed_at=None)
    assert {one.pk for one in subject.custodies} == set(held.values_list("pk", flat=True))
    seen = {one.person.public_id for one in visitors.visitors(subject, SCOPE).rows}
    assert seen == _met(subject, "prisoner", "visitor")
    visited = {one.person.public_id for one in links.links(subject, SCOPE).rows}
    assert visited == _met(subject, "visitor", "prisoner")


def _met(subject: Subject, mine: str, other: str) -> set[Any]:
    own = subject.prisoners if mine == "prisoner" else subject.visitors
    found: set[Any] = set()
    for model in (VisitorLink, Visit):
        met = model.objects.filter(**{f"{mine}__in": own, "removed_at": None, f"{other}__removed_at": None})
        found |= set(met.values_list(f"{other}__person__public_id", flat=True))
    return found - {subject.public_id}


def words_of_humans_are_audited_once(nation: Nation) -> None:
    """One event for each judgement and each revocation by a human."""
    told_of: dict[str, list[Any]] = {}
    for event in AccessEvent.objects.filter(action__startswith="judgement."):
        told_of.setdefault(event.kind, []).append(event.detail["judgement"])
    counted = {kind: (len(judgements), len(set(judgements))) for kind, judgements in told_of.items()}
    told = {"judged": nation.judged, "judgement_revoked": nation.revoked}
    assert counted == {kind: (number, number) for kind, number in told.items() if number}
