"""Persons by a document, exact or one typing error away, through the B-tree of each place that keeps one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import connection

from registry.models import RecordKind
from registry.scope import Scope
from registry.selectors import seals
from registry.values import oab
from registry.values.documents import Guess
from registry.values.near_numbers import neighbouring_cpfs, neighbours

Hits = dict[int, tuple[Guess, ...]]
"""The persons found, each with the documents that led to it."""

_RECORD: Final = "SELECT {position} AS position, r.person_id FROM registry_record r"
_OF_DOCUMENT: Final = (
    f"{_RECORD} JOIN registry_recorddocument d ON d.record_id = r.id"
    " WHERE d.number = ANY(%(number)s) AND d.number <> '' AND d.kind = ANY(%(kinds)s)"
)
_OF_PRISONER: Final = f"{_RECORD} JOIN registry_prisoner p ON p.record_ptr_id = r.id"
# For each kind of document, every place where it may be written.
_PLACES: Final[dict[str, tuple[str, ...]]] = {
    "CPF": (f"{_RECORD} WHERE r.cpf = ANY(%(number)s) AND r.cpf <> ''", _OF_DOCUMENT),
    "RG": (
        _OF_DOCUMENT,
        f"{_RECORD} JOIN registry_visitor v ON v.record_ptr_id = r.id"
        " WHERE v.rg_norm = ANY(%(number)s) AND v.rg_norm <> ''",
    ),
    "RJI": (f"{_OF_PRISONER} WHERE p.rji = ANY(%(number)s) AND p.rji <> ''",),
    "MATRICULA": (f"{_OF_PRISONER} WHERE p.registration_norm = ANY(%(number)s) AND p.registration_norm <> ''",),
    "NPU": (
        f"{_OF_PRISONER} JOIN registry_case c ON c.prisoner_id = r.id WHERE c.npu = ANY(%(number)s) AND c.npu <> ''",
    ),
    "OAB": (
        f"{_RECORD} JOIN registry_lawyer l ON l.record_ptr_id = r.id"
        " WHERE l.oab_uf = %(uf)s AND l.oab_number = ANY(%(numbers)s)",
    ),
}
_WITH_NEIGHBOURS: Final = ("RJI", "RG", "MATRICULA")
_KINDS: Final = {"CPF": ["CPF", "CIN"], "RG": ["RG"]}


def persons_with(boxes: Iterable[Sequence[Guess]], scope: Scope, *, sealed: bool = False) -> Hits:
    """Persons who have a document of every box; one query for each box. With `sealed`, also those whom the scope hides.

    Otherwise nobody hidden may be among them: whoever has a document ends the search for documents near it.
    """
    asked = [[(guess, [guess.value]) for guess in guesses] for guesses in boxes]
    return _of_every_box([_persons_of_box(box, scope, sealed=sealed) for box in asked])


def persons_near(boxes: Iterable[Sequence[Guess]], scope: Scope) -> Hits:
    """Persons who have a document one typing error away from that of every box; none of a lawyer or of a case, whose
    numbers are as near to one another as that.
    """
    return _of_every_box([_persons_of_box(list(_near(guesses)), scope) for guesses in boxes])


def _near(guesses: Sequence[Guess]) -> Iterator[tuple[Guess, list[str]]]:
    for guess in guesses:
        if guess.kind in _WITH_NEIGHBOURS:
            yield guess, sorted(neighbours(guess.value))
    typed = guesses[0].value if guesses and guesses[0].kind in (*_WITH_NEIGHBOURS, "CPF") else ""
    if cpfs := sorted(neighbouring_cpfs(typed)):
        yield Guess("CPF", typed), cpfs


def _of_every_box(answers: Sequence[Hits]) -> Hits:
    if not answers:
        return {}
    common = set(answers[0]).intersection(*answers[1:])
    return {person: tuple(guess for answer in answers for guess in answer[person]) for person in sorted(common)}


def _persons_of_box(asked: Sequence[tuple[Guess, list[str]]], scope: Scope, *, sealed: bool = False) -> Hits:
    selects: list[str] = []
    values: dict[str, Any] = {"lawyer": RecordKind.LAWYER.value, **seals.bound(scope)}
    within = _within(scope, sealed=sealed)
    for position, (guess, numbers) in enumerate(asked):
        for place in _PLACES.get(guess.kind, ()):
            selects.append(_at(place, position) + within)
            values |= {f"{name}{position}": value for name, value in _values(guess, numbers).items()}
    hits: dict[int, dict[int, Guess]] = defaultdict(dict)
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ".join(selects) + " LIMIT 1000", values)
            for position, person in cursor.fetchall():
                hits[person][position] = asked[position][0]
    return {person: tuple(found[position] for position in sorted(found)) for person, found in hits.items()}


def _at(place: str, position: int) -> str:
    """The look-up with this guess's parameters."""
    own = place.format(position=position)
    for name in ("number", "numbers", "kinds", "uf"):
        own = own.replace(f"%({name})s", f"%({name}{position})s")
    return own


def _within(scope: Scope, *, sealed: bool) -> str:
    """Whom the scope lets find, as the end of a look-up: no lawyer's record where those may not be seen, nor anybody
    under a seal."""
    lawyers = "" if scope.lawyers else " AND r.kind <> %(lawyer)s"
    return lawyers if sealed else f"{lawyers} AND {seals.seen('r.person_id')}"


def _values(guess: Guess, numbers: list[str]) -> dict[str, Any]:
    if guess.kind != "OAB":
        return {"number": numbers, "kinds": _KINDS.get(guess.kind, [])}
    state, figures, letter = oab.split(guess.value)
    return {"uf": state, "numbers": [figures + letter, figures]}
