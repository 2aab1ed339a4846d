"""Words of a query looked up in the vocabulary of phonetic keys: how frequent each is, and what it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from django.db import connection

from registry.models import NameKey, Pairing
from registry.scope import Scope
from registry.selectors.search.criteria import Criteria, Precision
from registry.selectors.search.words import INITIAL_WEIGHT, Entry, Query, Role, Word, weight
from registry.values import phonetics
from registry.values.names import PARTICLES, tokens

_COMPLETIONS: Final = 60
_SHORTEST_PREFIX: Final = 3
_SHORTEST_GLUED: Final = 7  # letters of a word that may be two
_SHORTEST_PART: Final = 3
_FEW: Final = 5  # persons below which a word is looked at as two
# A smaller base has no statistics worth the name: weights are then those of a base of this size.
_SMALLEST_BASE: Final = 1000

_LOOK_UP: Final = """
SELECT key, id, {people}, mothers, fathers, {paired}, false,
       (SELECT reltuples FROM pg_class WHERE oid = 'registry_personsearch'::regclass)
  FROM registry_namekey WHERE key = ANY(%s)
"""
_COMPLETE: Final = "SELECT key, id, {people}, mothers, fathers, {paired}, true, NULL::real FROM registry_namekey WHERE "
PAIRED: Final = f"pairing = {Pairing.SEARCHED}"  # SQL for whether documents tell a key's pairs


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What was read for one query."""

    found: dict[str, Entry]
    completions: Sequence[Entry]
    base: int
    sealed: bool  # also words that only persons under a seal have

    def count(self, text: str, role: Role) -> int:
        entry = self.found.get(stored_key(text))
        return entry.count(role) if entry else 0


def look_up(criteria: Criteria, scope: Scope) -> Query:
    """Words of the names with their keys, in one round trip; unless asked for exactly, the name's last word may be
    unfinished, and words may be written together or apart.

    A key counted for nobody is nobody's, or only of whom the scope hides: under a seal, or a lawyer by that name. It
    is looked for only where the scope opens sealed persons.
    """
    name, mother, father = criteria.full_name, criteria.mother, criteria.father
    complete = criteria.precision is not Precision.EXACT
    said = {Role.NAME: tokens(name), Role.MOTHER: tokens(mother), Role.FATHER: tokens(father)}
    words = said[Role.NAME]
    last = words[-1] if complete and words and len(words[-1]) >= _SHORTEST_PREFIX else ""
    known = _read(_asked_keys(said.values(), loosely=complete), last, scope)
    asked = {role: [_word(word, known, role) for word in words] for role, words in said.items()}
    if last:
        asked[Role.NAME][-1] = _completed(asked[Role.NAME][-1], known)
    if complete:
        asked = {role: _joined([_parted(word, known) for word in words], known) for role, words in asked.items()}
    query = Query(base=known.base, lawyers=scope.lawyers).knowing((*known.found.values(), *known.completions))
    return query.of(word for words in asked.values() for word in words)


def counted(*, lawyers: bool) -> str:
    """SQL for how many persons have a key of `registry_namekey` in their names, with or without those of lawyers."""
    return "people + lawyers" if lawyers else "people"


def stored_key(word: str) -> str:
    """The phonetic key as the vocabulary keeps it."""
    return phonetics.key(word)[: NameKey._meta.get_field("key").max_length]


def key_prefixes(beginning: str) -> set[str]:
    """Beginnings of the phonetic keys of the words that begin so.

    The sound of the last letters depends on what follows (FEL·A, FIL·IPE): two usual endings stand for it.
    """
    endings = ("RA", "RARA") if beginning[-1] in "AEIOU" else ("A", "ARA")
    return {
        key[: -len(ending)]
        for ending in endings
        if (key := phonetics.key(beginning + ending)).endswith(ending) and len(key) > len(ending) + 1
    }


def splits(word: str) -> list[tuple[str, ...]]:
    """The ways in which a word may be two written together, particles left out: `DASILVA` → `(SILVA,)`."""
    if len(word) < _SHORTEST_GLUED:
        return []
    halves = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return [
        tuple(part for part in pair if part not in PARTICLES)
        for pair in halves
        if all(part in PARTICLES or len(part) >= _SHORTEST_PART for part in pair) and not PARTICLES.issuperset(pair)
    ]


def _asked_keys(said: Iterable[Sequence[str]], *, loosely: bool) -> set[str]:
    texts: set[str] = set()
    for words in said:
        texts.update(word for word in words if len(word) > 1)
        if loosely:
            texts.update(part for word in words for parts in splits(word) for part in parts)
            texts.update(a + b for a, b in pairwise(words) if len(a) > 1 and len(b) > 1)
    return {stored_key(text) for text in texts}


def _read(keys: Iterable[str], last: str, scope: Scope) -> _Vocabulary:
    people = counted(lawyers=scope.lawyers)
    statement, values = _LOOK_UP.format(people=people, paired=PAIRED), [list(keys)]
    prefixes = sorted(key_prefixes(last)) if last else []
    if prefixes:
        ranges = " OR ".join("key >= %s AND key < %s" for _ in prefixes)
        longer_ones = f"{_COMPLETE.format(people=people, paired=PAIRED)}{people} > 0 AND ({ranges})"
        statement += f" UNION ALL ({longer_ones} ORDER BY {people} DESC, id LIMIT {_COMPLETIONS})"
        values += [bound for prefix in prefixes for bound in (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))]  # type: ignore[misc]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    found = {key: Entry(*counts) for key, *counts, longer, _ in rows if not longer}
    completions = [Entry(*counts) for _, *counts, longer, _ in rows if longer]
    sizes = [int(size) for *_, size in rows if size]
    base = max(_SMALLEST_BASE, *sizes, *(row[2] for row in rows), 0)
    return _Vocabulary(found, completions, base, sealed=bool(scope.opened))


def _word(text: str, known: _Vocabulary, role: Role) -> Word:
    if len(text) == 1:
        return Word(text, text, INITIAL_WEIGHT, role=role)
    key = stored_key(text)
    entry = known.found.get(key)
    people = entry.count(role) if entry else 0
    # Whoever enters the base is counted at once: a key counted for nobody has nobody, or somebody under a seal.
    ids = (role.lexeme(entry.id),) if entry and (people or known.sealed) else ()
    return Word(text, key, weight(people, known.base), ids, people, people, role)


def _completed(word: Word, known: _Vocabulary) -> Word:
    """The word with the keys it may be the beginning of, unless it is itself a usual one."""
    if word.people > max(5, known.base / 2000) or not known.completions:
        return word
    ids = tuple(dict.fromkeys((*word.keys, *(entry.id for entry in known.completions))))
    people = word.people + sum(entry.people for entry in known.completions)
    heaviest = weight(max(word.people, known.completions[0].people), known.base)
    return replace(word, weight=max(INITIAL_WEIGHT, 0.8 * heaviest), keys=ids, people=people, is_prefix=True)


def _parted(word: Word, known: _Vocabulary) -> Word:
    """A word that hardly anybody has, with the rarer of the two usual words that it may be."""
    if word.exact >= _FEW:
        return word
    options = [(_likely(parts, word.role, known), parts) for parts in splits(word.text)]
    likely, parts = max(options, default=(0.0, ()))
    if likely <= 0:
        return word
    rarest = min(parts, key=lambda part: known.count(part, word.role))
    people = known.count(rarest, word.role)
    keys = (*word.keys, word.role.lexeme(known.found[stored_key(rarest)].id))
    return replace(
        word,
        keys=tuple(dict.fromkeys(keys)),
        people=word.people + people,
        weight=min(word.weight, weight(people, known.base)),
        parts=parts,
    )


def _likely(parts: Sequence[str], role: Role, known: _Vocabulary) -> float:
    """How likely two words were written together, for comparing ways to part them; 0 if they hardly were."""
    counts = [known.count(part, role) for part in parts]
    if min(counts) < 1 or sum(counts) <= known.base / 5000:
        return 0.0
    return float(min(counts) * max(counts) ** 0.5 * (1 if len(parts) > 1 else max(counts)))


def _joined(words: list[Word], known: _Vocabulary) -> list[Word]:
    """Words with the key of what two neighbours are when written together, where somebody has such a name."""
    found = list(words)
    for at, (one, other) in enumerate(pairwise(words)):
        entry = known.found.get(stored_key(one.text + other.text))
        if entry is None or one.is_initial or other.is_initial or not entry.count(one.role):
            continue
        for place in (at, at + 1):
            word = found[place]
            keys = tuple(dict.fromkeys((*word.keys, word.role.lexeme(entry.id))))
            found[place] = replace(word, keys=keys, people=word.people + entry.count(word.role))
    return found
