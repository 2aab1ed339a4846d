"""Who may be the missing person: by name, by marks, and everyone of unknown identity whom nothing excludes."""

from datetime import timedelta
from typing import Any, Final

from django.db import connection

from registry.models import ContactKind
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.missing.criteria import MissingCriteria
from registry.selectors.search import Criteria, Precision
from registry.selectors.search.finding import find
from registry.values.traces import hashed

MOST_NAMED: Final = 200
MOST_MARKED: Final = 200
MOST_UNIDENTIFIED: Final = 500
_MOST_OF_A_WORD: Final = 5_000  # holders of one word that are looked at
# A state may have written down the arrest before the family noticed.
_BEFORE: Final = timedelta(days=30)

_MARKED: Final = f"""
SELECT q.person_id FROM unnest(%(keys)s::uuid[]) AS asked (key), LATERAL (
    SELECT k.person_id FROM registry_contactkey k
    WHERE k.kind = %(kind)s AND k.key = asked.key AND (%(lawyers)s OR NOT k.lawyer)
        AND {seals.seen("k.person_id")} LIMIT %(most)s) q
GROUP BY q.person_id HAVING count(DISTINCT asked.key) >= %(least)s
ORDER BY count(DISTINCT asked.key) DESC, q.person_id LIMIT %(limit)s
"""  # noqa: S608 - composed of fixed texts
_UNIDENTIFIED: Final = f"""
SELECT u.person_id FROM registry_unidentified u
WHERE (%(sex)s = '' OR u.sex IN ('', %(sex)s))
    AND (%(from)s::date IS NULL OR u.since IS NULL OR u.since >= %(from)s::date) AND {seals.seen("u.person_id")}
GROUP BY u.person_id
ORDER BY bool_or(u.unnamed) DESC, min(u.since) NULLS LAST, u.person_id LIMIT %(limit)s
"""  # noqa: S608 - composed of fixed texts


def candidates(criteria: MissingCriteria, scope: Scope) -> frozenset[int]:
    """Ids of the persons to be compared, some hundreds at most."""
    named = _named(criteria.name, criteria.mother, scope) if criteria.name or criteria.mother else []
    if criteria.name and criteria.mother:
        # One of the two may be unknown to the state, or wrong.
        named += _named(criteria.name, "", scope) + _named("", criteria.mother, scope)
    return frozenset({*named, *_marked(criteria, scope), *_unidentified(criteria, scope)})


def _named(name: str, mother: str, scope: Scope) -> list[int]:
    found = find(Criteria(name=name, mother=mother, precision=Precision.BROAD), scope)
    return [hit.candidate.id for hit in found.hits[:MOST_NAMED]]


def _marked(criteria: MissingCriteria, scope: Scope) -> list[int]:
    words = criteria.words
    parameters: dict[str, Any] = {
        "keys": [hashed(word) for word in words],
        "kind": ContactKind.MARK.value,
        "most": _MOST_OF_A_WORD,
        "lawyers": scope.lawyers,
        **seals.bound(scope),
    }
    # Half of the words, since nobody describes a tattoo twice alike.
    parameters |= {"least": max(1, len(words) // 2), "limit": MOST_MARKED}
    return _ids(_MARKED, parameters) if words else []


def _unidentified(criteria: MissingCriteria, scope: Scope) -> list[int]:
    start = criteria.seen_on - _BEFORE if criteria.seen_on else None
    parameters = {"sex": criteria.sex, "from": start, "limit": MOST_UNIDENTIFIED, **seals.bound(scope)}
    return _ids(_UNIDENTIFIED, parameters)


def _ids(statement: str, parameters: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]
