"""Whom both know: visitors, lawyers and visited prisoners of each side, those in common first."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final

from registry.selectors.people.subject import PersonRef
from registry.selectors.reviewing.pair import Half, Pair
from registry.values.names import legible

MOST: Final = 8  # of each side that are not in common


def linked(pair: Pair) -> list[dict[str, Any]]:
    """What `_linked.html` prints: one group for each kind of link that either side has."""
    groups = (
        ("Visitantes", _visitors),
        ("Advogados", _lawyers),
        ("Presos que visita ou defende", _prisoners),
    )
    return [found for title, read in groups if (found := _group(title, read(pair.a), read(pair.b)))]


def persons(pair: Pair) -> list[uuid.UUID]:
    """Whom the groups name."""
    return [
        row[0].public_id
        for half in (pair.a, pair.b)
        for read in (_visitors, _lawyers, _prisoners)
        for row in read(half)
    ]


_Row = tuple[PersonRef, str]


def _visitors(half: Half) -> list[_Row]:
    return [(row.person, ", ".join(str(kinship) for kinship in row.kinships)) for row in half.visitors.rows]


def _lawyers(half: Half) -> list[_Row]:
    return [(row.person, ", ".join(row.inscriptions)) for row in half.lawyers.rows]


def _prisoners(half: Half) -> list[_Row]:
    return [
        (row.person, ", ".join([*map(str, row.kinships), *(["advogado"] if row.defended else [])]))
        for row in half.links.rows
    ]


def _group(title: str, a: Sequence[_Row], b: Sequence[_Row]) -> dict[str, Any] | None:
    if not (a or b):
        return None
    both = {row[0].public_id for row in a} & {row[0].public_id for row in b}
    relations = {row[0].public_id: row[1] for row in b}
    return {
        "title": title,
        "common": [{**_named(row), "relation_b": relations[row[0].public_id]} for row in a if row[0].public_id in both],
        "a": _rest(a, both),
        "b": _rest(b, both),
    }


def _rest(rows: Iterable[_Row], both: set[uuid.UUID]) -> dict[str, Any]:
    own = [row for row in rows if row[0].public_id not in both]
    return {"rows": [_named(row) for row in own[:MOST]], "more": max(0, len(own) - MOST)}


def _named(row: _Row) -> dict[str, str]:
    return {"name": legible(row[0].name), "relation": row[1]}
