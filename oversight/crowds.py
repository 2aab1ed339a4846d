"""How many accounts opened one person: in a week, and in an ordinary one before; in one agency, and in all together."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models.functions import TruncWeek
from django.utils import timezone

from audit import selectors
from audit.events import Kind
from credentialing.models import Agency
from oversight.models.alert import span_of
from oversight.signs.relations import HOT_AGENCIES, HOT_NATION

PAST_WEEKS: Final = 8
# Persons asked for at once: an agency opens thousands in a week.
_AT_ONCE: Final = 500


def usual(week: date, persons: Sequence[uuid.UUID], agency: Agency | None = None) -> dict[uuid.UUID, float]:
    """How many accounts (of the agency, or of all) opened each person in an ordinary week of those before."""
    first, _ = span_of(week)
    before: dict[str, Any] = {"at__gte": first - timedelta(weeks=PAST_WEEKS), "at__lt": first}
    if agency is not None:
        before["agency"] = agency.acronym
    found = Counter[uuid.UUID]()
    for rows in _openings(persons, **before):
        weekly = rows.annotate(week=TruncWeek("at", tzinfo=timezone.get_current_timezone()))
        found.update(person for _, _, person in weekly.values_list("week", "actor_id", "subjects__0").distinct())
    return {person: many / PAST_WEEKS for person, many in found.items()}


def across(week: date, persons: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Those whom many accounts of several agencies opened in the week, and how many; explained or not, which only each
    agency's own look can tell."""
    first, after = span_of(week)
    accounts: dict[uuid.UUID, set[int]] = defaultdict(set)
    agencies: dict[uuid.UUID, set[str]] = defaultdict(set)
    for rows in _openings(persons, at__gte=first, at__lt=after):
        for account, agency, person in rows.values_list("actor_id", "agency", "subjects__0").distinct():
            accounts[person].add(account)
            agencies[person].add(agency)
    talked_of = [one for one, of in agencies.items() if len(of) >= HOT_AGENCIES and len(accounts[one]) >= HOT_NATION]
    return {person: len(accounts[person]) for person in talked_of}


def _openings(persons: Sequence[uuid.UUID], **span: Any) -> Iterator[Any]:
    for start in range(0, len(persons), _AT_ONCE):
        some = list(persons[start : start + _AT_ONCE])
        opened = selectors.of_all().filter(kind=Kind.DISCLOSURE, action="profile", subjects__0__in=some, **span)
        yield opened.filter(subjects__overlap=some).order_by()
