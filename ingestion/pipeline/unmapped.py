"""Counting the codes of new and changed rows that no map translates."""

from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.pipeline.statements import Statements

COUNT = """
INSERT INTO ingestion_unmappedcode AS u
    (origin_id, view, field, code, count, first_load, last_load, first_seen_at, last_seen_at)
SELECT {origin}, {view}, c.field, c.code, count(*), {load}, {load}, now(), now()
FROM {t} t CROSS JOIN LATERAL (VALUES {pairs}) c(field, code, known)
WHERE c.code IS NOT NULL AND c.code <> ALL (c.known) GROUP BY c.field, c.code
ON CONFLICT (origin_id, view, field, code) DO UPDATE
    SET count = u.count + excluded.count, last_load = excluded.last_load, last_seen_at = excluded.last_seen_at
"""


def count(cursor: CursorWrapper, statements: Statements, known: Mapping[str, frozenset[str]]) -> None:
    """Add what the landing table holds to the counts. `known` has the codes of each coded field."""
    if not known:
        return
    pairs = [
        sql.SQL("({}, t.{}, {}::text[])").format(sql.Literal(field), sql.Identifier(field), sql.Literal(sorted(codes)))
        for field, codes in known.items()
    ]
    cursor.execute(statements.compose(COUNT, pairs=sql.SQL(", ").join(pairs)))
