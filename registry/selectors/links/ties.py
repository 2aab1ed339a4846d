"""The links of a set of persons, each kind read by an index of its own and cut where a crowd begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry.models import LinkKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.links.criteria import STORED, LinkCriteria
from registry.selectors.sql import select
from registry.values import strength

# A case, telephone or address of more persons than these means nothing between two of them.
MOST_IN_CASE: Final = 40
MOST_WITH_CONTACT: Final = 12
# Who passed through one cell while one person was there: beyond them, the longest of those read.
MOST_IN_CELL: Final = 400
# A visitor or lawyer of more persons than these connects none of them.
MOST_SHARING: Final = 200


@dataclass(frozen=True, slots=True)
class Tie:
    """A link from person `a` to `b` (ids of the registry). `amount` counts contacts, days, cases or persons in common.

    `way` has bit 1 when a visits or defends b, 2 when b does a; 0 where neither. `ufs` are the states that tell of it.
    """

    a: int
    b: int
    kind: LinkKind
    strength: int
    amount: int
    since: date | None
    last: date | None
    way: int = 0
    kinships: tuple[str, ...] = ()
    status: str = ""
    valid_until: date | None = None
    origins: tuple[int, ...] = ()


_STORED: Final = f"""
SELECT l.a_id, l.b_id, l.kind, l.strength::int, l.contacts, l.since, l.last, l.way::int, l.kinships, l.status,
    l.valid_until, l.origins
FROM unnest(%(ids)s::bigint[]) n (id) CROSS JOIN LATERAL (
    SELECT * FROM registry_personlink l
    WHERE l.a_id = n.id AND l.kind = ANY(%(kinds)s) AND l.strength >= %(strength)s
        AND (%(since)s::date IS NULL OR l.last >= %(since)s) AND (%(until)s::date IS NULL OR l.since <= %(until)s)
        AND {seals.seen("l.b_id")}
    ORDER BY l.strength DESC, l.last DESC NULLS LAST, l.b_id LIMIT %(most)s) l
"""  # noqa: S608 - composed of fixed texts
# Ranges are merged before they are measured: two records of one human being do not count a day twice.
_CELL: Final = f"""
WITH mine AS (
    SELECT r.person_id, c.origin_id, c.unit_id, c.wing, c.cell, c.started_at,
        coalesce(c.ended_at, 'infinity') AS ended_at
    FROM unnest(%(ids)s::bigint[]) n (id)
    JOIN registry_record r ON r.person_id = n.id AND r.kind = 'P' AND r.removed_at IS NULL
    JOIN registry_custody c ON c.prisoner_id = r.id AND c.cell <> '' AND c.removed_at IS NULL
        AND coalesce(c.ended_at, 'infinity') > c.started_at
), together AS (
    SELECT mine.person_id AS a, r.person_id AS b, array_agg(DISTINCT mine.origin_id) AS origins,
        range_agg(tstzrange(greatest(mine.started_at, o.started_at), least(mine.ended_at, o.ended_at))) AS time
    FROM mine CROSS JOIN LATERAL (
        SELECT prisoner_id, started_at, coalesce(ended_at, 'infinity') AS ended_at FROM registry_custody o
        WHERE o.unit_id = mine.unit_id AND o.wing = mine.wing AND o.cell = mine.cell AND o.started_at < mine.ended_at
            AND coalesce(o.ended_at, 'infinity') > mine.started_at AND coalesce(o.ended_at, 'infinity') > o.started_at
            AND o.removed_at IS NULL ORDER BY o.started_at DESC LIMIT %(crowd)s) o
    JOIN registry_record r ON r.id = o.prisoner_id AND r.removed_at IS NULL
    WHERE r.person_id <> mine.person_id AND {seals.seen("r.person_id")} GROUP BY 1, 2
), measured AS (
    SELECT a, b, origins, lower(time)::date AS first, least(upper(time), now())::date AS last,
        (SELECT extract(epoch FROM sum(least(upper(p), greatest(now(), lower(p))) - lower(p))) FROM unnest(time) p)
            / 86400 AS days
    FROM together)
SELECT a, b, 'C', {{strength}}::int, floor(days)::int, first, last, 0, ARRAY[]::text[], '', NULL::date, origins
FROM measured WHERE days >= 1
"""  # noqa: S608 - composed of fixed texts
_CASE: Final = f"""
WITH mine AS (
    SELECT DISTINCT r.person_id, c.npu FROM unnest(%(ids)s::bigint[]) n (id)
    JOIN registry_record r ON r.person_id = n.id AND r.kind = 'P' AND r.removed_at IS NULL
    JOIN registry_case c ON c.prisoner_id = r.id AND c.npu <> '' AND c.removed_at IS NULL
), crowd AS (
    SELECT mine.npu, o.person_id, o.origin_id, o.issued_on
    FROM (SELECT DISTINCT npu FROM mine) mine CROSS JOIN LATERAL (
        SELECT r.person_id, c.origin_id, c.issued_on, c.id FROM registry_case c
        JOIN registry_record r ON r.id = c.prisoner_id AND r.removed_at IS NULL
        WHERE c.npu = mine.npu AND c.removed_at IS NULL AND {seals.seen("r.person_id")} LIMIT 4 * %(crowd)s) o
), meaning AS (SELECT npu FROM crowd GROUP BY npu HAVING count(DISTINCT person_id) <= %(crowd)s),
pair AS (
    SELECT mine.person_id AS a, crowd.person_id AS b, count(DISTINCT mine.npu)::int AS cases, min(issued_on) AS first,
        max(issued_on) AS last, array_agg(DISTINCT origin_id) AS origins
    FROM mine JOIN meaning USING (npu) JOIN crowd USING (npu) WHERE crowd.person_id <> mine.person_id GROUP BY 1, 2)
SELECT a, b, 'N', {{strength}}::int, cases, first, last, 0, ARRAY[]::text[], '', NULL::date, origins FROM pair
"""  # noqa: S608 - composed of fixed texts
_CONTACT: Final = f"""
WITH mine AS (
    SELECT DISTINCT k.person_id, k.kind, k.key FROM unnest(%(ids)s::bigint[]) n (id)
    JOIN registry_contactkey k ON k.person_id = n.id AND k.kind = %(contact)s AND (%(lawyers)s OR NOT k.lawyer)
), crowd AS (
    SELECT mine.key, o.person_id, o.origin_id FROM (SELECT DISTINCT kind, key FROM mine) mine CROSS JOIN LATERAL (
        SELECT k.person_id, r.origin_id FROM registry_contactkey k JOIN registry_record r ON r.id = k.record_id
        WHERE k.kind = mine.kind AND k.key = mine.key AND (%(lawyers)s OR NOT k.lawyer) AND r.removed_at IS NULL
            AND {seals.seen("k.person_id")}
        LIMIT 4 * %(crowd)s) o
), meaning AS (SELECT key FROM crowd GROUP BY key HAVING count(DISTINCT person_id) <= %(crowd)s),
pair AS (
    SELECT mine.person_id AS a, crowd.person_id AS b, count(DISTINCT mine.key)::int AS keys,
        array_agg(DISTINCT origin_id) AS origins
    FROM mine JOIN meaning USING (key) JOIN crowd USING (key) WHERE crowd.person_id <> mine.person_id GROUP BY 1, 2)
SELECT a, b, %(contact)s, {{strength}}::int, keys, NULL::date, NULL::date, 0, ARRAY[]::text[], '', NULL::date, origins
FROM pair
"""  # noqa: S608 - composed of fixed texts
_SHARED: Final = f"""
WITH through AS (
    SELECT l.a_id, l.b_id AS third FROM unnest(%(ids)s::bigint[]) n (id)
    JOIN registry_personlink l ON l.a_id = n.id AND l.kind = ANY(%(through)s) AND l.way & 2 > 0
        AND {seals.seen("l.b_id")}
), reached AS (
    SELECT t.a_id, t.third, o.b_id, o.since, o.last, o.origins FROM through t CROSS JOIN LATERAL (
        SELECT b_id, since, last, origins FROM registry_personlink o
        WHERE o.a_id = t.third AND o.kind = ANY(%(through)s) AND o.way & 1 > 0
            AND {seals.seen("o.b_id")} LIMIT %(crowd)s + 1) o
), meaning AS (
    SELECT a_id, third FROM reached GROUP BY a_id, third HAVING count(DISTINCT b_id) <= %(crowd)s
), pair AS (
    SELECT a_id AS a, b_id AS b, count(DISTINCT third)::int AS persons, min(since) AS first, max(last) AS last
    FROM reached JOIN meaning USING (a_id, third) WHERE b_id <> a_id GROUP BY 1, 2)
SELECT a, b, %(shared)s, {{strength}}::int, persons, first, last, 0, ARRAY[]::text[], '', NULL::date, ARRAY[]::bigint[]
FROM pair
"""  # noqa: S608 - composed of fixed texts


def ties(ids: Sequence[int], criteria: LinkCriteria, scope: Scope, *, most: int) -> list[Tie]:
    """The links of these persons within the scope, of stored kinds at most `most` for each person, the strongest."""
    kinds = criteria.within(scope)
    parameters: dict[str, Any] = {
        "ids": list(ids),
        "kinds": [kind.value for kind in kinds if kind in STORED],
        "strength": criteria.strength,
        "since": criteria.since,
        "until": criteria.until,
        "lawyers": scope.lawyers,
        "most": most,
        **seals.bound(scope),
    }
    found: list[Tie] = select(_tie, _STORED, parameters) if parameters["kinds"] else []
    for kind in kinds:
        if kind in _LIVE:
            statement, crowd, extra = _LIVE[kind]
            rows = select(_tie, statement, {**parameters, "crowd": crowd, **extra})
            found += [tie for tie in rows if _answers(tie, criteria)]
    return found


def among(ids: Iterable[int], criteria: LinkCriteria, scope: Scope) -> list[Tie]:
    """The stored links whose both ends are among these persons, each once (from the lower id)."""
    kinds = [kind.value for kind in criteria.within(scope) if kind in STORED]
    rows = select(_tie, _AMONG, {"ids": list(ids), "kinds": kinds, **seals.bound(scope)})
    return [tie for tie in rows if _answers(tie, criteria)]


def _live(statement: str, curve: strength.Curve, column: str) -> str:
    return statement.replace("{strength}", curve.sql(column))


_LIVE: Final[dict[LinkKind, tuple[str, int, dict[str, Any]]]] = {
    LinkKind.CELL: (_live(_CELL, strength.CELL, "days"), MOST_IN_CELL, {}),
    LinkKind.CASE: (_live(_CASE, strength.CASE, "cases"), MOST_IN_CASE, {}),
    LinkKind.PHONE: (_live(_CONTACT, strength.PHONE, "keys"), MOST_WITH_CONTACT, {"contact": "T"}),
    LinkKind.ADDRESS: (_live(_CONTACT, strength.ADDRESS, "keys"), MOST_WITH_CONTACT, {"contact": "E"}),
    LinkKind.SHARED_VISITOR: (
        _live(_SHARED, strength.SHARED_VISITOR, "persons"), MOST_SHARING, {"through": ["K", "V"], "shared": "S"},
    ),
    LinkKind.SHARED_LAWYER: (
        _live(_SHARED, strength.SHARED_LAWYER, "persons"), MOST_SHARING, {"through": ["L"], "shared": "D"},
    ),
}  # fmt: skip
_AMONG: Final = f"""
SELECT l.a_id, l.b_id, l.kind, l.strength::int, l.contacts, l.since, l.last, l.way::int, l.kinships, l.status,
    l.valid_until, l.origins
FROM registry_personlink l
WHERE l.a_id = ANY(%(ids)s) AND l.kind = ANY(%(kinds)s) AND l.b_id = ANY(%(ids)s) AND l.a_id < l.b_id
    AND {seals.seen("l.a_id")} AND {seals.seen("l.b_id")}
"""  # noqa: S608 - composed of fixed texts


def _answers(tie: Tie, criteria: LinkCriteria) -> bool:
    """Whether a link that was found live is strong enough and of the dates asked for; undated ones are of any."""
    if tie.strength < criteria.strength:
        return False
    early = criteria.since is not None and tie.last is not None and tie.last < criteria.since
    late = criteria.until is not None and tie.since is not None and tie.since > criteria.until
    return not early and not late


def _tie(*row: Any) -> Tie:
    a, b, kind, force, amount, since, last, way, kinships, status, valid_until, origins = row
    return Tie(
        a, b, LinkKind(kind), force, amount, since, last, way, tuple(kinships), status, valid_until, tuple(origins)
    )
