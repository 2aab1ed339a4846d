"""A pair as its reviewer sees it: both records with all that is known of each, and what joining them would do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from registry.matching.reviewing import Risk, risks
from registry.models import Judgement, Person, Record, RecordKind, Review
from registry.scope import Scope
from registry.selectors.people.documents import Document, documents
from registry.selectors.people.doubts import Contradiction
from registry.selectors.people.identity import Identity, identity
from registry.selectors.people.lawyers import Lawyers, lawyers
from registry.selectors.people.links import Links, links
from registry.selectors.people.movements import Movements, movements
from registry.selectors.people.situation import situation
from registry.selectors.people.subject import Subject
from registry.selectors.people.visitors import Visitors, visitors
from registry.selectors.reviewing.sides import Sides, fingerprint, kept_apart, sides_of, stakes_of
from registry.values.lives import Compared, Lived, compare

# Relatives, visitors and lawyers read of each record.
MOST_LINKED = 40


@dataclass(frozen=True)
class Half:
    """One record of the pair, read as a person of its own, and the other records of its side."""

    subject: Subject
    identity: Identity
    documents: tuple[Document, ...]
    movements: Movements
    visitors: Visitors
    lawyers: Lawyers
    links: Links
    others: tuple[Record, ...]

    @property
    def record(self) -> Record:
        return self.subject.records[0]


@dataclass(frozen=True)
class Pair:
    """The pair, its risks, what it would contradict, and the fingerprint of what is shown."""

    review: Review
    a: Half
    b: Half
    lives: Compared
    risks: tuple[Risk, ...]
    apart: tuple[Judgement, ...]
    doubts: tuple[Contradiction, ...]
    fingerprint: str
    now: datetime

    @property
    def persons(self) -> tuple[Person, ...]:
        """Whom the page is about: the persons the records of both sides were born with."""
        records = (self.a.record, self.b.record, *self.a.others, *self.b.others)
        return tuple(dict.fromkeys(record.home for record in records))


def pair(review: Review, scope: Scope) -> Pair:
    """Everything a reviewer decides on. The two records are seen whatever the scope: the queue has already asked."""
    now = timezone.now()
    sides = sides_of(review)
    records = _read(review)
    a, b = _half(records[review.a_id], sides.a, scope, now), _half(records[review.b_id], sides.b, scope, now)
    return Pair(
        review=review,
        a=a,
        b=b,
        lives=compare(_lived(a.movements), _lived(b.movements), now),
        risks=risks(stakes_of(review, sides)),
        apart=tuple(kept_apart(sides)),
        doubts=_doubts(sides, scope, now),
        fingerprint=fingerprint(review, sides),
        now=now,
    )


def _read(review: Review) -> dict[int, Record]:
    related = Record.objects.select_related("person", "home", "origin", "prisoner", "visitor", "lawyer")
    return {record.pk: record for record in related.filter(pk__in=(review.a_id, review.b_id))}


def _half(record: Record, side: tuple[Record, ...], scope: Scope, now: datetime) -> Half:
    subject = Subject(person=record.person, records=(record,), now=now)
    return Half(
        subject=subject,
        identity=identity(subject, scope),
        documents=documents(subject, scope),
        movements=movements(subject, scope),
        visitors=visitors(subject, scope, limit=MOST_LINKED) if subject.prisoners else Visitors((), 0),
        lawyers=lawyers(subject, scope, limit=MOST_LINKED) if subject.prisoners else Lawyers((), 0),
        links=Links((), 0) if subject.prisoners else links(subject, scope, limit=MOST_LINKED),
        others=tuple(other for other in side if other.pk != record.pk),
    )


def _lived(found: Movements) -> list[Lived]:
    return [Lived(str(stay.unit.public_id), stay.since, stay.until) for stay in found.stays]


def _doubts(sides: Sides, scope: Scope, now: datetime) -> tuple[Contradiction, ...]:
    """What the situation of the joined person would contradict."""
    ids = [record.pk for record in sides.records if record.kind == RecordKind.PRISONER]
    related = Record.objects.select_related("person", "origin", "prisoner", "visitor", "lawyer").order_by("pk")
    records = tuple(related.filter(pk__in=ids))
    if not records:
        return ()
    return situation(Subject(person=records[0].person, records=records, now=now), scope).contradictions
