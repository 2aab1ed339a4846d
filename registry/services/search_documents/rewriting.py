"""Documents written anew, person by person in order of their ids, while searches and loads go on."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, transaction

from registry.services.search_documents import refreshing

EVERYBODY: Final = "true"

# Marking the persons keeps a refresh from writing the same documents before these are committed, and waits for one
# that is at it. Whoever waited before goes on waiting: links and checks are left to the refresh.
_NEXT: Final = """
WITH next AS (
    SELECT DISTINCT person_id FROM registry_personsearch WHERE person_id > %s AND {which} ORDER BY person_id LIMIT %s),
marked AS (
    INSERT INTO registry_pendingperson AS p (person_id, since) SELECT person_id, now() FROM next ORDER BY person_id
    ON CONFLICT (person_id) DO UPDATE SET since = p.since RETURNING person_id),
chosen AS (INSERT INTO refreshing SELECT person_id FROM marked)
SELECT max(person_id), count(*) FROM next
"""
_UNMARK: Final = """
DELETE FROM registry_pendingperson p USING refreshing f WHERE p.person_id = f.person_id AND p.since = now()
"""


def rewrite(after: int, which: str = EVERYBODY, values: tuple[Any, ...] = ()) -> Iterator[tuple[int, int]]:
    """Write the documents of the persons after an id, of those whose documents satisfy a fixed condition. Yields the
    last person's id and the number of persons of each batch, committed by then.
    """
    while True:
        last, persons = _batch(after, which, values)
        if not persons:
            break
        yield last, persons
        after = last


@transaction.atomic
def _batch(after: int, which: str, values: tuple[Any, ...]) -> tuple[int, int]:
    with connection.cursor() as cursor:
        refreshing.prepare(cursor)
        cursor.execute(_NEXT.format(which=which), [after, *values, refreshing.BATCH])
        last, persons = cursor.fetchone()
        refreshing.write_documents(cursor)
        cursor.execute(_UNMARK)
    return last or after, persons
