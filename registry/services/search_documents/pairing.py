"""Which words documents tell in pairs: those that so many have that a search for two of them reads two long lists.

A key becomes paired in two steps. Once it is marked, whatever is written of a document has its pairs; once every
document with that key was written since, searches look for them. It stays paired, however few have it later.
"""

import logging
import time
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction

from registry.models import NameKey, Pairing
from registry.services import bulk, locks
from registry.services.search_documents.refreshing import SIZE
from registry.services.search_documents.rewriting import rewrite
from registry.values.lexemes import of_father, of_mother

log = logging.getLogger(__name__)

_LEAST: Final = 5_000  # persons: a list of so many is read in less than a tenth of a millisecond
_SHARE: Final = 1_000  # of so many persons one has the word, so that pairs stay few

_MARK: Final = f"""
WITH due AS (
    SELECT id FROM registry_namekey
    WHERE pairing < {Pairing.SEARCHED} AND (pairing = {Pairing.WRITTEN} OR greatest(people, mothers, fathers) >= %s)
    ORDER BY key FOR UPDATE)
UPDATE registry_namekey k SET pairing = {Pairing.WRITTEN} FROM due WHERE k.id = due.id RETURNING k.id
"""  # noqa: S608 - only constants of this package
# Not by the index of keys: nearly everybody has one of the first few hundred, and each batch would read all of them.
_WITH_KEY: Final = "keys || '{}'::int[] && %s::int[]"


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left when time ran out: the keys being paired, and the last person whose documents tell their pairs."""

    keys: tuple[int, ...]
    after: int


def least(people: int) -> int:
    """How many persons must have a word, in a base of so many, for documents to tell its pairs."""
    return max(_LEAST, people // _SHARE)


def begin() -> tuple[int, ...]:
    """Mark the keys due, and those whose documents were never all written, and answer their ids."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever writes documents without their pairs has ended, and whoever begins knows of them.
        locks.choosing_pairs(cursor)
        (size,) = bulk.first(cursor, SIZE)
        cursor.execute(_MARK, [least(int(size))])
        return tuple(sorted(key for (key,) in cursor.fetchall()))


def end(keys: tuple[int, ...]) -> None:
    """Let searches look for the pairs of these keys. Every document that has one must have been written since they
    were marked.
    """
    NameKey.objects.filter(pk__in=keys, pairing=Pairing.WRITTEN).update(pairing=Pairing.SEARCHED)


def pair(rest: Rest | None = None, *, seconds: float | None = None) -> Rest | None:
    """Write the documents with keys due, then let searches look for their pairs; what is left after so many seconds.

    `rest` is where an earlier call stopped. Batches commit one by one; what a kill interrupts begins anew with the
    next call without one.
    """
    until = time.monotonic() + seconds if seconds is not None else None
    keys, after = (rest.keys, rest.after) if rest else (begin(), 0)
    if not keys:
        return None
    lexemes = [*keys, *map(of_mother, keys), *map(of_father, keys)]
    for last, _ in rewrite(after, _WITH_KEY, (lexemes,)):
        if until is not None and time.monotonic() >= until:
            return Rest(keys, last)
    end(keys)
    log.info("documents tell the pairs of %d more keys", len(keys))
    return None
