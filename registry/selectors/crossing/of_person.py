"""The crossings of one person, for the profile."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from registry.models import CrossingKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.crossing.rows import CrossingSeen, Found, draw
from registry.selectors.people.subject import Subject

# From how many prisoners on the profile speaks of a visitor, or a lawyer, of many.
_MANY: Final = {CrossingKind.VISITOR_OF_MANY.value: 3, CrossingKind.LAWYER_OF_MANY.value: 20}

# The crossings, and beside each what is told of crowds: of whom has no crossing, one row with that alone.
_FIND: Final = f"""
WITH found AS (
    SELECT c.id, c.kind, c.person_id, c.other_id, c.last_on, c.weight, c.marks, c.ufs, c.units, c.named, c.detail,
        c.weight AS prisoners, cardinality(ARRAY(SELECT DISTINCT unnest(c.at_ufs))) AS states,
        cardinality(ARRAY(SELECT DISTINCT unnest(array_remove(c.at_units, 0)))) AS places, count(*) OVER () AS total,
        row_number() OVER (
            ORDER BY c.kind LIKE '%%_of_many', c.weight DESC, c.last_on DESC NULLS LAST, c.id) AS position
    FROM registry_crossing c
    WHERE (c.person_id = %(person)s OR c.other_id = %(person)s) AND (%(lawyers)s OR NOT c.lawyer)
        AND {seals.seen("c.person_id")} AND {seals.seen("c.other_id")}
        AND c.weight >= CASE c.kind
            WHEN 'visitor_of_many' THEN %(visited)s WHEN 'lawyer_of_many' THEN %(defended)s ELSE 0 END
    ORDER BY position LIMIT %(limit)s
), crowd AS (
    SELECT DISTINCT c.kind, c.key, c.persons
    FROM registry_contactkey k JOIN registry_crowd c ON (c.kind, c.key) = (k.kind, k.key)
    WHERE k.person_id = %(person)s AND (%(lawyers)s OR NOT k.lawyer))
SELECT found.*, crowds.kinds, crowds.sizes
FROM (SELECT array_agg(kind ORDER BY kind, persons) AS kinds, array_agg(persons ORDER BY kind, persons) AS sizes
    FROM crowd) crowds LEFT JOIN found ON true ORDER BY found.position
"""  # noqa: S608 - composed of fixed texts


@dataclass(frozen=True, slots=True)
class PersonCrossings:
    """The person's crossings, the gravest first. `crowds`: (T telephone, E address; how many persons have it) of the
    person's contacts that are left out, because too many have them to mean anything."""

    rows: tuple[CrossingSeen, ...]
    total: int
    crowds: tuple[tuple[str, int], ...]


def crossings_of(subject: Subject, scope: Scope, *, limit: int = 50) -> PersonCrossings:
    """The crossings that name a person, at most `limit` (four queries at most)."""
    parameters: dict[str, Any] = {"person": subject.person.pk, "lawyers": scope.lawyers, "limit": limit}
    parameters |= {"visited": _MANY["visitor_of_many"], "defended": _MANY["lawyer_of_many"]}
    parameters |= seals.bound(scope)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, parameters)
        rows = cursor.fetchall()
    *_, kinds, sizes = rows[0]
    crowds = tuple(zip(kinds or (), sizes or (), strict=True))
    found = [row for row in rows if row[0] is not None]
    total = found[0][-4] if found else 0
    return PersonCrossings(draw([Found(*row[:-4]) for row in found], scope, subject.now), total, crowds)
