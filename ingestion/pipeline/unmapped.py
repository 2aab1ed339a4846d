"""Counting the codes of new and changed rows that no map translates."""

from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.pipeline.statements import Statements

# Few rows have an unknown code: the others are passed over before anything is counted. Those that have are counted by
# all their codes together, and taken apart afterwards: these are few, however many the rows.
COUNT = """
INSERT INTO ingestion_unmappedcode AS u
    (origin_id, view, field, code, count, first_load, last_load, first_seen_at, last_seen_at)
SELECT {origin}, {view}, found.field, found.code, found.count, {load}, {load}, now(), now()
FROM (
    SELECT c.field, c.code, sum(t.count) AS count
    FROM (SELECT {fields}, count(*) AS count FROM {t} t WHERE {any_unknown} GROUP BY {fields}) t
        CROSS JOIN LATERAL (VALUES {codes}) c(field, code)
    WHERE c.code IS NOT NULL GROUP BY c.field, c.code
) found
ON CONFLICT (origin_id, view, field, code) DO UPDATE
    SET count = u.count + excluded.count, last_load = excluded.last_load, last_seen_at = excluded.last_seen_at
"""


def count(cursor: CursorWrapper, statements: Statements, known: Mapping[str, frozenset[str]]) -> None:
    """Add what the landing table holds to the counts. `known` has the codes of each coded field."""
    if not known:
        return
    unknown = {
        field: sql.SQL("t.{} <> ALL ({}::text[])").format(sql.Identifier(field), sql.Literal(sorted(codes)))
        for field, codes in known.items()
    }
    codes = [
        sql.SQL("({0}, CASE WHEN {2} THEN t.{1} END)").format(sql.Literal(field), sql.Identifier(field), condition)
        for field, condition in unknown.items()
    ]
    parts = {
        "fields": sql.SQL(", ").join(sql.Identifier("t", field) for field in known),
        "codes": sql.SQL(", ").join(codes),
        "any_unknown": sql.SQL(" OR ").join(unknown.values()),
    }
    cursor.execute(statements.compose(COUNT, **parts))
