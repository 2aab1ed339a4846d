"""Keeping what is derived of persons, their search documents and links, true to the records."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.models import Audience, Pairing
from registry.selectors.seals import unsealed
from registry.services import bulk, links, locks, planner
from registry.services.crossing import waiting
from registry.services.search_documents import facts
from registry.services.search_documents.documents import COLUMNS, Draft, drafts
from registry.values import lexemes

BATCH = 5_000
# The share of all documents from which a refresh counts the vocabulary anew.
MANY = 1 / 50

_MARK = """
INSERT INTO registry_pendingperson (person_id, since) SELECT unnest(%s::bigint[]), now()
ON CONFLICT (person_id) DO UPDATE SET since = EXCLUDED.since
"""
# Taking what waits, rather than the persons themselves, keeps two refreshes from writing one document at once.
_TAKE = """
WITH chosen AS MATERIALIZED (
    SELECT person_id FROM registry_pendingperson ORDER BY person_id LIMIT %s FOR UPDATE SKIP LOCKED),
taken AS (
    DELETE FROM registry_pendingperson p USING chosen WHERE p.person_id = chosen.person_id RETURNING p.person_id)
INSERT INTO refreshing SELECT person_id FROM taken
"""
_TAKE_THESE = """
WITH taken AS (DELETE FROM registry_pendingperson WHERE person_id = ANY(%s::bigint[]) RETURNING person_id)
INSERT INTO refreshing SELECT person_id FROM taken
"""
# Whoever's records changed is checked again by the quality rules, whichever way the change came.
_LEAVE_TO_CHECK = """
INSERT INTO registry_pendingcheck (record_id)
SELECT r.id FROM refreshing f JOIN registry_record r ON r.person_id = f.person_id
"""
_ADD_KEYS = """
INSERT INTO registry_namekey (key, people, lawyers, mothers, fathers)
SELECT DISTINCT word COLLATE "C", 0, 0, 0, 0 FROM unnest(%s::text[]) AS word
WHERE NOT EXISTS (SELECT FROM registry_namekey known WHERE known.key = word) ORDER BY 1
ON CONFLICT (key) DO NOTHING
"""
# A key that some document has, of a person under no seal, is never counted as nobody's: searches look only for keys
# that somebody carries.
_COUNT_AT_LEAST_ONE = """
WITH due AS (
    SELECT id, key = ANY(%(names)s) AND people = 0 AS named, key = ANY(%(lawyers)s) AND lawyers = 0 AS defending,
        key = ANY(%(mothers)s) AND mothers = 0 AS born, key = ANY(%(fathers)s) AND fathers = 0 AS begotten
    FROM registry_namekey
    WHERE key = ANY(%(names)s) AND people = 0 OR key = ANY(%(lawyers)s) AND lawyers = 0
        OR key = ANY(%(mothers)s) AND mothers = 0 OR key = ANY(%(fathers)s) AND fathers = 0
    ORDER BY key FOR UPDATE)
UPDATE registry_namekey k SET people = k.people + due.named::int, lawyers = k.lawyers + due.defending::int,
    mothers = k.mothers + due.born::int, fathers = k.fathers + due.begotten::int
FROM due WHERE k.id = due.id
"""
_SEALED = "SELECT s.person_id FROM registry_sealedperson s JOIN refreshing f ON f.person_id = s.person_id"
SIZE = "SELECT reltuples FROM pg_class WHERE oid = 'registry_personsearch'::regclass"
_DOCUMENT = (
    "person_id bigint, audience text, names text, mothers text, fathers text, births date[], sex text, kinds text[],"
)
_DOCUMENT += " ufs text[], uf text, unit_id bigint, regime text, modality text, situation text, keys integer[]"
_WRITE = sql.SQL(
    "INSERT INTO registry_personsearch ({columns}) SELECT * FROM refreshed ORDER BY person_id, audience"
    " ON CONFLICT (person_id, audience) DO UPDATE SET {changes}"
).format(
    columns=sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
    changes=sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in COLUMNS[2:]),
)
# What an insertion left beside the index of keys goes into it, sorted: a fifth of the cost of one by one.
_MERGE_KEYS = "SELECT registry_merge_search_keys()"
_DROP = """
DELETE FROM registry_personsearch d USING refreshing f WHERE d.person_id = f.person_id
    AND NOT EXISTS (SELECT FROM refreshed w WHERE w.person_id = f.person_id AND w.audience = d.audience)
"""
# The numbers of years, states and pairs are no keys (registry.values.lexemes). A lawyer's parents are in no contract.
_FREQUENCIES = f"""
WITH carried AS (
    SELECT key, count(*) FILTER (WHERE audience <> '{Audience.LAWYERS}') AS persons,
        count(*) FILTER (WHERE audience = '{Audience.LAWYERS}') AS lawyers
    FROM registry_personsearch d, LATERAL (SELECT DISTINCT unnest(keys) AS key) words
    WHERE key > {lexemes.PAIR_TOP} AND key < {lexemes.STATE_BASE} AND {unsealed("d.person_id")} GROUP BY key),
counted AS (
    SELECT k.id, coalesce(named.persons, 0) AS people, coalesce(named.lawyers, 0) AS lawyers,
        coalesce(born.persons, 0) AS mothers, coalesce(begotten.persons, 0) AS fathers
    FROM registry_namekey k
        LEFT JOIN carried named ON named.key = k.id LEFT JOIN carried born ON born.key = -k.id
        LEFT JOIN carried begotten ON begotten.key = {lexemes.FATHER_BASE} + k.id),
-- Locked in the order in which `refresh` locks them: two loads may be at it at once.
due AS (
    SELECT k.id, counted.people, counted.lawyers, counted.mothers, counted.fathers
    FROM registry_namekey k JOIN counted ON counted.id = k.id
    WHERE (k.people, k.lawyers, k.mothers, k.fathers)
        IS DISTINCT FROM (counted.people, counted.lawyers, counted.mothers, counted.fathers)
    ORDER BY k.key FOR UPDATE OF k)
UPDATE registry_namekey k SET people = due.people, lawyers = due.lawyers, mothers = due.mothers, fathers = due.fathers
FROM due WHERE k.id = due.id
"""  # noqa: S608 - only constants of this package


def refresh(person_ids: Iterable[int] | None = None) -> int:
    """Rebuild the search documents and links of these persons, or of all that wait; how many persons were looked at.

    Batches of BATCH persons, each a transaction of its own. A person without records that its states still have
    loses its document; so does one that was merged away, until its records come back to it.
    """
    if person_ids is None:
        return refresh_waiting()
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), BATCH):
        _refresh_these(ids[start : start + BATCH])
    return len(ids)


def refresh_frequencies() -> int:
    """Count anew how many persons carry each phonetic key; how many counts changed.

    The counts steer the plans of searches and their weights. `refresh` does it by itself after many documents, and a
    daily task after few: it reads all there are.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES)
        return int(cursor.rowcount)


def refresh_waiting(*, before: int = 0) -> int:
    """Rebuild all that waits; how many persons were looked at, with those `before` by the caller."""
    total = before
    while taken := refresh_batch():
        total += taken
    _count_if_many(total)
    return total


def refresh_batch() -> int:
    """Rebuild what waits, at most BATCH persons, in a transaction; how many they were."""
    planner.catch_up()
    with transaction.atomic(), connection.cursor() as cursor:
        prepare(cursor)
        cursor.execute(_TAKE, [BATCH])
        taken: int = cursor.rowcount
        if taken:
            _rebuild(cursor)
        return taken


def _count_if_many(refreshed: int) -> None:
    with connection.cursor() as cursor:
        (size,) = bulk.first(cursor, SIZE)
    if refreshed and refreshed >= MANY * size:
        refresh_frequencies()


@transaction.atomic
def _refresh_these(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        prepare(cursor)
        cursor.execute(_MARK, [ids])
        cursor.execute(_TAKE_THESE, [ids])
        _rebuild(cursor)


def prepare(cursor: CursorWrapper) -> None:
    """The empty tables of a batch: `refreshing`, its persons, and `refreshed`, their documents."""
    bulk.temporary(cursor, "refreshing", "person_id bigint PRIMARY KEY")
    bulk.temporary(cursor, "refreshed", _DOCUMENT)


def write_documents(cursor: CursorWrapper) -> None:
    """Write the documents of the batch, and take away those of persons who have no record left."""
    locks.telling_pairs(cursor)
    bulk.analyse(cursor, "refreshing")
    drawn = [one for person, known in facts.read(cursor).items() for one in drafts(person, known)]
    ids, paired = _key_ids(cursor, drawn)
    bulk.copy(cursor, "refreshed", COLUMNS, (one.row(ids, paired) for one in drawn))
    cursor.execute(_WRITE)
    cursor.execute(_MERGE_KEYS)
    cursor.execute(_DROP)


def _rebuild(cursor: CursorWrapper) -> None:
    cursor.execute(_LEAVE_TO_CHECK)
    write_documents(cursor)
    waiting.refreshed(cursor)
    links.rebuild(cursor)


def _key_ids(cursor: CursorWrapper, drawn: list[Draft]) -> tuple[dict[str, int], set[int]]:
    """Ids of the phonetic keys, and those of them whose pairs are told; new keys are added to the vocabulary in one
    order, so that two writers never deadlock.
    """
    every = list({key for one in drawn for key in (*one.name_keys, *one.mother_keys, *one.father_keys)})
    cursor.execute(_ADD_KEYS, [every])
    cursor.execute(_SEALED)
    # What only persons under a seal are called counts as nobody's name.
    sealed = {person for (person,) in cursor.fetchall()}
    counted = [one for one in drawn if one.person not in sealed and one.audience is not Audience.LAWYERS]
    defending = [one for one in drawn if one.person not in sealed and one.audience is Audience.LAWYERS]
    carried = {
        "names": list({key for one in counted for key in one.name_keys}),
        "lawyers": list({key for one in defending for key in one.name_keys}),
        "mothers": list({key for one in counted for key in one.mother_keys}),
        "fathers": list({key for one in counted for key in one.father_keys}),
    }
    cursor.execute(_COUNT_AT_LEAST_ONE, carried)
    cursor.execute("SELECT key, id, pairing FROM registry_namekey WHERE key = ANY(%s)", [every])
    known = cursor.fetchall()
    return {key: pk for key, pk, _ in known}, {pk for _, pk, pairing in known if pairing != Pairing.NONE}
