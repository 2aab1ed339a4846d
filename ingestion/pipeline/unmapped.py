"""Counting the codes of new and changed rows that no map translates."""

from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.pipeline.statements import Statements

# Codes are counted first and only then looked up: a list may have thousands, and rows have few different ones.
COUNT = """
INSERT INTO ingestion_unmappedcode AS u
    (origin_id, view, field, code, count, first_load, last_load, first_seen_at, last_seen_at)
SELECT {origin}, {view}, found.field, found.code, found.count, {load}, {load}, now(), now()
FROM (
    SELECT c.field, c.code, count(*) FROM {t} t CROSS JOIN LATERAL (VALUES {pairs}) c(field, code)
    WHERE c.code IS NOT NULL GROUP BY c.field, c.code
) found JOIN (VALUES {lists}) list(field, known) USING (field)
WHERE found.code <> ALL (list.known)
ON CONFLICT (origin_id, view, field, code) DO UPDATE
    SET count = u.count + excluded.count, last_load = excluded.last_load, last_seen_at = excluded.last_seen_at
"""


def count(cursor: CursorWrapper, statements: Statements, known: Mapping[str, frozenset[str]]) -> None:
    """Add what the landing table holds to the counts. `known` has the codes of each coded field."""
    if not known:
        return
    pairs = [sql.SQL("({}, t.{})").format(sql.Literal(field), sql.Identifier(field)) for field in known]
    lists = [
        sql.SQL("({}, {}::text[])").format(sql.Literal(field), sql.Literal(sorted(codes)))
        for field, codes in known.items()
    ]
    cursor.execute(statements.compose(COUNT, pairs=sql.SQL(", ").join(pairs), lists=sql.SQL(", ").join(lists)))
