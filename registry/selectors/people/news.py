"""What became known of persons since a moment: for whoever follows them, by a few statements for many persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from registry.models import RecordKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.sql import select

RELEASES: Final = ("ALVARA", "LIV_COND", "DESINT")
DEATHS: Final = ("OBITO",)


class NewsKind(StrEnum):
    """What can become known."""

    MOVEMENT = "movement"
    VISIT = "visit"
    MATCH = "match"  # another record was judged to be the same person's
    RELEASE = "release"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class Watched:
    """A person, by the home person of the record they were met under; news before `since` is old."""

    home: int
    since: datetime


@dataclass(frozen=True, slots=True)
class News:
    """One thing that became known. `fact` names its row in the base; the same row is always the same fact."""

    home: int
    kind: NewsKind
    fact: str
    happened_at: datetime
    received_at: datetime
    record: int


class _Row(NamedTuple):
    home: int
    code: str
    fact: str
    happened_at: datetime
    received_at: datetime
    record: int


# The records that share the person of the home's record now (ADR 3), each with since when its news counts.
_RECORDS: Final = """
WITH watched AS (SELECT * FROM unnest(%(homes)s::bigint[], %(since)s::timestamptz[]) AS w(home, since)),
record AS (
    SELECT w.home, w.since, r.id, r.origin_id, r.kind, r.received_at
    FROM watched w JOIN registry_record h ON h.home_id = w.home JOIN registry_record r ON r.person_id = h.person_id
    WHERE r.removed_at IS NULL AND r.kind = ANY(%(kinds)s) AND {seen}
)
"""
_MOVEMENTS: Final = """
SELECT r.home, m.kind, 'movement:' || m.origin_id || ':' || m.id, m.occurred_at, m.received_at, r.id
FROM record r JOIN registry_movement m ON m.origin_id = r.origin_id AND m.prisoner_id = r.id
WHERE r.kind = 'P' AND m.removed_at IS NULL AND m.received_at >= r.since
"""
# A lawyer's attendances are not among them: whom a lawyer sees is no news of a watch (Lei 8.906/1994, art. 7).
_VISITS: Final = """
SELECT r.home, 'visit', 'visit:' || v.origin_id || ':' || v.id, v.entered_at, v.received_at, r.id
FROM record r JOIN registry_visit v ON v.origin_id = r.origin_id AND v.{side}_id = r.id
WHERE r.kind = %(side)s AND v.removed_at IS NULL AND v.received_at >= r.since
"""
_MATCHES: Final = "SELECT r.home, 'match', 'record:' || r.id, now(), now(), r.id FROM record r"
_DEATHS: Final = """
SELECT r.home, 'OBITO', 'death:' || r.id, p.died_on::timestamp AT TIME ZONE o.timezone, now(), r.id
FROM record r JOIN registry_prisoner p ON p.record_ptr_id = r.id JOIN registry_origin o ON o.id = r.origin_id
WHERE p.died_on IS NOT NULL
"""


def news(watched: Sequence[Watched], scope: Scope) -> Iterator[News]:
    """Everything known of the persons since each one's moment, as far as the scope lets see.

    Matches and deaths carry no date of their own: every record and every date of death comes, and whoever asks knows
    which are old. Told again at every call: it is for whoever asks to keep what was told.
    """
    kinds = [kind for kind in RecordKind.values if scope.lawyers or kind != RecordKind.LAWYER]
    parameters: dict[str, Any] = {
        "homes": [one.home for one in watched],
        "since": [one.since for one in watched],
        "kinds": kinds,
        **seals.bound(scope),
    }
    records = _RECORDS.format(seen=seals.seen("r.person_id"))
    visits = [
        (records + _VISITS.format(side=side), {"side": kind})
        for side, kind in (("prisoner", RecordKind.PRISONER.value), ("visitor", RecordKind.VISITOR.value))
    ]
    for statement, more in ((records + _MOVEMENTS, {}), *visits, (records + _MATCHES, {}), (records + _DEATHS, {})):
        for row in select(_Row, statement, {**parameters, **more}):
            yield News(row.home, _kind(row.code), row.fact, row.happened_at, row.received_at, row.record)


def _kind(code: str) -> NewsKind:
    if code in RELEASES:
        return NewsKind.RELEASE
    if code in DEATHS:
        return NewsKind.DEATH
    return NewsKind(code) if code in (NewsKind.VISIT, NewsKind.MATCH) else NewsKind.MOVEMENT
