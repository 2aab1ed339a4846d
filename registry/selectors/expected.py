"""Why somebody may be expected to be looked at now: a court case of theirs, a movement of the last days, a visitor of
that name. For the review of use alone: no answer to a consultation is made of it, so it asks for no scope."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from registry.models import Case, Custody, Lawyer, LawyerClient, Movement, Record, Visitor, VisitorLink
from registry.values.names import normalise


def cases_of(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Public id → NPUs of the person's cases."""
    homes = _homes(persons)
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    rows = Case.objects.filter(prisoner__person__in=homes).exclude(npu="").values_list("prisoner__person", "npu")
    for person, npu in rows:
        for public_id in homes[person]:
            found[public_id].add(npu)
    return found


def movements_of(persons: Iterable[uuid.UUID], since: datetime, until: datetime) -> dict[uuid.UUID, list[datetime]]:
    """Public id → when the person was moved within the span."""
    homes = _homes(persons)
    found: dict[uuid.UUID, list[datetime]] = defaultdict(list)
    moved = Movement.objects.filter(prisoner__person__in=homes, occurred_at__gte=since, occurred_at__lt=until)
    for person, at in moved.values_list("prisoner__person", "occurred_at"):
        for public_id in homes[person]:
            found[public_id].append(at)
    return found


def visited_or_defended_by(name: str) -> frozenset[uuid.UUID]:
    """Public ids of the persons whose visitor or lawyer is registered under exactly this comparable name."""
    if not name:
        return frozenset()
    visitors = Visitor.objects.filter(name_norm=name).values("pk")
    lawyers = Lawyer.objects.filter(name_norm=name).values("pk")
    visited = VisitorLink.objects.filter(visitor__in=visitors).values_list("prisoner__person__public_id", flat=True)
    defended = LawyerClient.objects.filter(lawyer__in=lawyers).values_list("prisoner__person__public_id", flat=True)
    return frozenset(visited) | frozenset(defended)


def addresses_of(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Public id → addresses as received, of the person and of whoever visits them."""
    homes = _homes(persons)
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    own = Record.objects.filter(person__in=homes).values_list("person", "address")
    visiting = VisitorLink.objects.filter(prisoner__person__in=homes)
    for person, line in (*own, *visiting.values_list("prisoner__person", "visitor__address")):
        for public_id in homes[person] if line else ():
            found[public_id].add(line)
    return found


def held_in(persons: Iterable[uuid.UUID], names: Iterable[str]) -> dict[uuid.UUID, set[str]]:
    """Public id → those of these comparable names and acronyms of units in which the person is held."""
    homes, wanted = _homes(persons), set(names)
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    now = Custody.objects.filter(prisoner__person__in=homes, ended_at=None, removed_at=None)
    for person, name, acronym in now.values_list("prisoner__person", "unit__name", "unit__acronym"):
        for public_id in homes[person]:
            found[public_id] |= wanted & {normalise(name), normalise(acronym)} - {""}
    return found


def _homes(persons: Iterable[uuid.UUID]) -> dict[int, list[uuid.UUID]]:
    """Person now → the public ids by which it was seen: merges and their undoing follow (ADR 3)."""
    found: dict[int, list[uuid.UUID]] = defaultdict(list)
    rows = Record.objects.filter(home__public_id__in=list(persons)).values_list("person", "home__public_id")
    for person, public_id in rows:
        found[person].append(public_id)
    return found
