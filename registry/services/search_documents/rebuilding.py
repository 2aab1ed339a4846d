"""All search documents written anew while searches and loads go on."""

from collections.abc import Iterator
from typing import Final

from django.db import connection, connections, transaction

from registry.services.search_documents import refreshing

# Whoever already waits is left to the refresh that will come: it knows more than the documents to be due. Marking
# the others keeps a refresh from writing the same documents before these are committed.
_NEXT: Final = """
WITH next AS (
    SELECT DISTINCT person_id FROM registry_personsearch WHERE person_id > %s ORDER BY person_id LIMIT %s),
marked AS (
    INSERT INTO registry_pendingperson (person_id, since) SELECT person_id, now() FROM next ORDER BY person_id
    ON CONFLICT (person_id) DO NOTHING RETURNING person_id),
chosen AS (INSERT INTO refreshing SELECT person_id FROM marked)
SELECT max(person_id), count(*) FROM next
"""
_UNMARK: Final = "DELETE FROM registry_pendingperson p USING refreshing f WHERE p.person_id = f.person_id"
_INDEXES: Final = ("search_keys", "name_key_near")


def rebuild(after: int = 0) -> Iterator[tuple[int, int]]:
    """Write the documents anew, batch by batch, beginning after a person's id; then the counts and the indexes.

    Yields the last id and the number of documents of each batch, committed by then: a rebuild that was stopped goes
    on from there. Links and quality checks, which do not come from documents, stay as they are.
    """
    while True:
        last, documents = _batch(after)
        if not documents:
            break
        yield last, documents
        after = last
    refreshing.refresh_frequencies()
    reindex()


def reindex() -> None:
    """Make the indexes of the search compact again; searches and loads go on with the old ones meanwhile."""
    with connections["owner"].cursor() as cursor:
        for name in _INDEXES:
            cursor.execute(f"REINDEX INDEX CONCURRENTLY {name}")


@transaction.atomic
def _batch(after: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        refreshing.prepare(cursor)
        cursor.execute(_NEXT, [after, refreshing.BATCH])
        last, documents = cursor.fetchone()
        refreshing.write_documents(cursor)
        cursor.execute(_UNMARK)
    return last or after, documents
