"""What else narrows a search, read from what records tell of a person: stays, marks, offences, faction, freshness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from registry.models import ContactKind, Origin, Unit
from registry.scope import Scope
from registry.selectors.provenance import source_of
from registry.selectors.search.condition import Condition
from registry.values.names import normalise
from registry.values.traces import hashed, mark_words

_NUMBER: Final = re.compile(r"\d[\d.]*|[A-Z]{2,}")
_WORDS_OF_LAW: Final = frozenset({"ART", "ARTIGO", "LEI", "DO", "DA", "DE", "INCISO"})

_OF_PERSON: Final = "r.person_id = registry_personsearch.person_id AND r.removed_at IS NULL"
_STAYED: Final = (
    "EXISTS (SELECT FROM registry_record r JOIN registry_custody c ON c.prisoner_id = r.id"
    f" WHERE {_OF_PERSON} AND c.removed_at IS NULL AND c.unit_id = ANY(%s) AND c.started_at < %s"
    " AND (c.ended_at IS NULL OR c.ended_at >= %s))"
)
_MARKED: Final = (
    "EXISTS (SELECT FROM registry_contactkey k WHERE k.person_id = registry_personsearch.person_id"
    " AND k.kind = %s AND k.key = %s AND (%s OR NOT k.lawyer))"
)
# What is asked goes as parameters, the words of an offence too.
_OFFENDED: Final = (
    "EXISTS (SELECT FROM registry_record r JOIN registry_case c ON c.prisoner_id = r.id"  # noqa: S608
    f" JOIN registry_offence o ON o.case_id = c.id WHERE {_OF_PERSON} AND c.removed_at IS NULL"
    " AND o.removed_at IS NULL AND NOT EXISTS (SELECT FROM unnest(%s::text[]) AS word"
    " WHERE upper(replace(o.law || ' ' || o.article, '.', '')) !~ ('\\m' || word || '\\M')))"
)
_OF_FACTION: Final = (
    "EXISTS (SELECT FROM registry_record r JOIN registry_custody c ON c.prisoner_id = r.id"
    f" WHERE {_OF_PERSON} AND c.removed_at IS NULL AND strpos(upper(c.faction), %s) > 0)"
)
_ALWAYS: Final = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Each is text as typed; empty means any. `since` and `until` bound a stay in the units that `place` names.

    `fresh`: only persons of whom some state tells that loaded in time. Stays out of repr, which may reach a log.
    """

    place: str = field(default="", repr=False)
    since: date | None = None
    until: date | None = None
    marks: str = field(default="", repr=False)
    offence: str = field(default="", repr=False)
    faction: str = field(default="", repr=False)
    fresh: bool = False

    @property
    def is_selective(self) -> bool:
        """True if a place or marks ask for somebody in particular."""
        return bool(normalise(self.place) or mark_words(self.marks))


def to_json(narrowing: Narrowing) -> dict[str, Any]:
    """What is in use, as JSON types."""
    told: dict[str, Any] = {option.name: getattr(narrowing, option.name) for option in fields(narrowing)}
    used = {name: value for name, value in told.items() if value}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in used.items()}


def from_json(told: dict[str, Any]) -> Narrowing:
    """What `to_json` wrote."""
    days: dict[str, Any] = {name: date.fromisoformat(told[name]) for name in ("since", "until") if name in told}
    return Narrowing(**(told | days))


def conditions(narrowing: Narrowing, scope: Scope) -> Iterator[Condition]:
    """What a search document must satisfy. Who may not see factions finds nobody by them."""
    if normalise(narrowing.place):
        yield _stayed(narrowing)
    for word in mark_words(narrowing.marks):
        yield Condition(_MARKED, (ContactKind.MARK.value, hashed(word), scope.lawyers))
    if words := law_words(narrowing.offence):
        yield Condition(_OFFENDED, (list(words),))
    if faction := narrowing.faction.strip().upper():
        yield Condition(_OF_FACTION, (faction,)) if scope.factions else Condition("false")
    if narrowing.fresh:
        yield Condition("ufs && %s::varchar[]", (_states_in_time(),))


def law_words(text: str) -> tuple[str, ...]:
    """Numbers and abbreviations of an offence as they stand in a law: `art. 33 da Lei 11.343` → `33`, `11343`."""
    found = (word.replace(".", "") for word in _NUMBER.findall(normalise_law(text)))
    return tuple(dict.fromkeys(word for word in found if word not in _WORDS_OF_LAW))


def normalise_law(text: str) -> str:
    """In capitals, with the points of thousands kept."""
    return re.sub(r"(?<!\d)\.|\.(?!\d)", " ", text.upper())


def units_named(text: str) -> list[int]:
    """Units whose name or acronym has every word of the text."""
    asked = normalise(text).split()
    rows = Unit.objects.values_list("pk", "name", "acronym")
    return [pk for pk, name, acronym in rows if all(word in normalise(f"{name} {acronym}").split() for word in asked)]


def _stayed(narrowing: Narrowing) -> Condition:
    first, last = _ALWAYS
    if narrowing.since:
        first = _midnight(narrowing.since)
    if narrowing.until:
        last = _midnight(narrowing.until + timedelta(days=1))
    return Condition(_STAYED, (units_named(narrowing.place), last, first))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _states_in_time() -> list[str]:
    now = timezone.now()
    return sorted({origin.uf for origin in Origin.objects.all() if not source_of(origin, now).late})
