"""All search documents written anew while searches and loads go on."""

from collections.abc import Iterator
from typing import Final

from django.db import connections

from registry.services.search_documents import pairing, refreshing
from registry.services.search_documents.rewriting import rewrite

_INDEXES: Final = ("search_keys", "name_key_near")


def rebuild(after: int = 0) -> Iterator[tuple[int, int]]:
    """Write the documents anew, batch by batch, beginning after a person's id; then the counts and the indexes.

    Yields the last id and the number of documents of each batch, committed by then: a rebuild that was stopped goes
    on from there. Links and quality checks, which do not come from documents, stay as they are. From the beginning
    it also pairs the keys that are due; one that goes on leaves them to `pairing.pair`.
    """
    paired = () if after else pairing.begin()
    yield from rewrite(after)
    pairing.end(paired)
    refreshing.refresh_frequencies()
    reindex()


def reindex() -> None:
    """Make the indexes of the search compact again; searches and loads go on with the old ones meanwhile."""
    with connections["owner"].cursor() as cursor:
        for name in _INDEXES:
            cursor.execute(f"REINDEX INDEX CONCURRENTLY {name}")
