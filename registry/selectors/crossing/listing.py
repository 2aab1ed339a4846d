"""A page of a list of crossings, and how many there are: each kind by its own index, counted up to a limit."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from registry.models import CrossingKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.crossing.criteria import LEAST, LISTS, OF_MANY, CrossingCriteria
from registry.selectors.crossing.rows import CrossingSeen, Found, draw
from registry.selectors.provenance import Source
from registry.selectors.search import origins

PAGE_SIZE: Final = 20
MOST_COUNTED: Final = 1000  # of each kind; beyond it a list asks for filters, and pages end

_COLUMNS: Final = (
    "c.id, c.kind, c.person_id, c.other_id, c.last_on, c.weight, c.marks, c.ufs, c.units, c.named, c.detail"
)
_NOT_MANY: Final = "c.weight AS prisoners, 0 AS states, 0 AS places"
_MANY: Final = """ JOIN LATERAL (
    SELECT count(*)::int AS prisoners, count(DISTINCT uf)::int AS states, count(DISTINCT nullif(unit, 0))::int AS places
    FROM unnest(c.recent, c.at_units, c.at_ufs, c.close) AS t (day, unit, uf, close)
    WHERE (%(since)s::date IS NULL OR day >= %(since)s::date) AND NOT (%(distant)s AND close)
) many ON many.prisoners >= %(least)s AND many.states >= %(states)s AND many.places >= %(places)s"""
# A crossing of a state is by the index of its first state, of its second, or of those beyond: each is in the order of
# the list, so that a rare state among millions costs what is shown. Together they find each crossing once.
_OF_STATE: Final = (
    "c.ufs[1] = %(uf)s",
    "c.ufs[2] = %(uf)s",
    "c.ufs[3] IS NOT NULL AND %(uf)s = ANY(c.ufs[3:])",
)
_ORDER_OF_C: Final = "c.weight DESC, c.last_on DESC NULLS LAST, c.id"
_ORDER: Final = "weight DESC, last_on DESC NULLS LAST, id"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many crossings of a kind; a minimum where `capped`."""

    kind: CrossingKind
    total: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Crossings:
    """A page of a list, the gravest first. `tallies` are of each kind of the list, whatever kind was chosen."""

    rows: tuple[CrossingSeen, ...]
    tallies: tuple[Tally, ...]
    total: int
    capped: bool
    page: int
    pages: int
    sources: tuple[Source, ...]


def crossings(criteria: CrossingCriteria, scope: Scope, page: int = 1) -> Crossings:
    """The crossings that answer the criteria (four queries); a page beyond is the last."""
    kinds = criteria.kinds(scope)
    counted = _count(kinds, criteria, scope)
    chosen = tuple(tally for tally in counted if criteria.kind in (None, tally.kind))
    total = sum(tally.total for tally in chosen)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    found = _read([tally.kind for tally in chosen if tally.total], criteria, scope, page)
    return Crossings(
        rows=draw(found, scope, timezone.now()),
        tallies=counted,
        total=total,
        capped=any(tally.capped for tally in chosen),
        page=page,
        pages=pages,
        sources=origins(),
    )


def tallies(scope: Scope) -> dict[str, tuple[Tally, ...]]:
    """How many crossings each list has without filters, those that the scope shows."""
    asked = {of: CrossingCriteria(of=of, least=LEAST.get(of, 1)) for of in LISTS}
    return {of: _count(kinds, asked[of], scope) for of in LISTS if (kinds := asked[of].kinds(scope))}


def _count(kinds: tuple[CrossingKind, ...], criteria: CrossingCriteria, scope: Scope) -> tuple[Tally, ...]:
    if not kinds:
        return ()
    arms = [
        f"SELECT %(kind{n})s, count(*) FROM (SELECT {source} LIMIT {MOST_COUNTED + 1}) q"  # noqa: S608
        for n, kind in enumerate(kinds)
        for source in _sources(kind, n, criteria, scope)
    ]
    counted: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), _parameters(kinds, criteria, scope))
        for kind, count in cursor.fetchall():
            counted[kind] += count
    return tuple(Tally(kind, min(counted[kind], MOST_COUNTED), counted[kind] > MOST_COUNTED) for kind in kinds)


def _read(kinds: list[CrossingKind], criteria: CrossingCriteria, scope: Scope, page: int) -> list[Found]:
    if not kinds:
        return []
    arms = []
    for n, kind in enumerate(kinds):
        many = "many.prisoners, many.states, many.places" if kind in OF_MANY else _NOT_MANY
        columns = f"{_COLUMNS}, {many}"
        arms += [
            f"(SELECT {columns} {source} ORDER BY {_ORDER_OF_C} LIMIT {page * PAGE_SIZE})"
            for source in _sources(kind, n, criteria, scope)
        ]
    window = f"ORDER BY {_ORDER} LIMIT {PAGE_SIZE} OFFSET {(page - 1) * PAGE_SIZE}"
    statement = f"SELECT * FROM ({' UNION ALL '.join(arms)}) q {window}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(kinds, criteria, scope))
        return [Found(*row) for row in cursor.fetchall()]


def _sources(kind: CrossingKind, position: int, criteria: CrossingCriteria, scope: Scope) -> list[str]:
    """What follows SELECT, once for each index that is asked; no crossing is in two of them."""
    places = _OF_STATE if criteria.uf else ("true",)
    return [_from(kind, position, place, criteria, scope) for place in places]


def _from(kind: CrossingKind, position: int, place: str, criteria: CrossingCriteria, scope: Scope) -> str:
    """Fixed texts of this module; what was asked goes as parameters."""
    conditions = [f"c.kind = %(kind{position})s", place, seals.seen("c.person_id"), seals.seen("c.other_id")]
    if not scope.lawyers:
        conditions.append("NOT c.lawyer")
    if criteria.unit:
        conditions.append("c.units @> ARRAY(SELECT id FROM registry_unit WHERE public_id = %(unit)s)")
    if criteria.mark:
        conditions.append("%(mark)s = ANY(c.marks)")
    if criteria.since:
        conditions.append("c.last_on >= %(since)s")
    if kind not in OF_MANY:
        return f"FROM registry_crossing c WHERE {' AND '.join(conditions)}"
    # What the index and the row tell at once, before the contacts are counted one by one.
    conditions.append("c.weight >= %(least)s")
    if criteria.since:
        conditions.append("c.recent[%(least)s] >= %(since)s")
    return f"FROM registry_crossing c{_MANY} WHERE {' AND '.join(conditions)}"


def _parameters(
    kinds: tuple[CrossingKind, ...] | list[CrossingKind], criteria: CrossingCriteria, scope: Scope
) -> dict[str, Any]:
    names = ("uf", "unit", "mark", "since", "least", "states", "places", "distant")
    return {
        **{f"kind{n}": kind.value for n, kind in enumerate(kinds)},
        **{name: getattr(criteria, name) for name in names},
        **seals.bound(scope),
    }
