"""For every rule, what it must find and what it must leave alone. Nobody here exists.

A case makes rows and returns nothing. `FOUND` cases give one finding of their rule, `LEFT` cases none of it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from registry.models import Person, Record

Case = Callable[[], Any]

START = datetime(2026, 1, 10, 12, tzinfo=UTC)
LATER = START + timedelta(days=40)
FOUND: dict[str, list[Case]] = {}
LEFT: dict[str, list[Case]] = {}


def found(rule: str) -> Callable[[Case], Case]:
    """A case that the rule must find."""
    return lambda case: FOUND.setdefault(rule, []).append(case) or case  # type: ignore[func-returns-value]


def left(rule: str) -> Callable[[Case], Case]:
    """A case that the rule must leave alone."""
    return lambda case: LEFT.setdefault(rule, []).append(case) or case  # type: ignore[func-returns-value]


def same_person(*records: Record) -> Person:
    """Put the records with the first one's person, as after a judgement."""
    Record.objects.filter(pk__in=[record.pk for record in records]).update(person=records[0].person)
    return records[0].person
