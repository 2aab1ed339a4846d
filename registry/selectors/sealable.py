"""Persons whether sealed or not: for whoever orders, asks for or opens a seal, and nobody else."""

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from registry.models import Person, Record, SealedPerson
from registry.scope import Scope
from registry.selectors.search.documents import persons_with
from registry.values.documents import Guess


def known_as(public_id: uuid.UUID) -> QuerySet[Person]:
    """The person to whom this id leads, sealed or not."""
    return _persons_of(Record.objects.filter(home__public_id=public_id))


def known_by(boxes: Sequence[Sequence[Guess]]) -> QuerySet[Person]:
    """The persons, sealed or not, who have a document of every box."""
    return _persons_of(Record.objects.filter(person__in=persons_with(boxes, Scope(lawyers=True), sealed=True)))


def sealed_only(among: QuerySet[Person]) -> QuerySet[Person]:
    """Those of them who are under a seal."""
    return among.filter(pk__in=SealedPerson.objects.values("person"))


def _persons_of(records: QuerySet[Record]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=records.values("person")).order_by("pk")
