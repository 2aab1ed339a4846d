"""The comparable forms of the base, kept up for the records that are being judged."""

from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.matching.subjects import SENT, Subject, subjects
from registry.services import bulk
from registry.services.matching.reading import waiting_sources

COLUMNS: Final = ("record_id", *SENT[1:])
_FORM: Final = SENT[1:]
_TEMPORARY: Final = ", ".join(
    f"{column} {'bigint' if column == 'record_id' else 'integer' if column == 'year' else 'text'}" for column in COLUMNS
)
_POSITIONS: Final = tuple(Subject._fields.index(column) for column in SENT)


def _each(pattern: str) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(pattern).format(sql.Identifier(column)) for column in _FORM)


# By the clock, not by the transaction's beginning: a dry run compares it with the moment of its own look at the base.
_KEEP: Final = sql.SQL("""
INSERT INTO registry_matchsubject AS kept (record_id, {columns}, model, changed_at)
SELECT record_id, {columns}, '', clock_timestamp() FROM subject_arriving ORDER BY record_id
ON CONFLICT (record_id) DO UPDATE SET {changes}, model = '', changed_at = EXCLUDED.changed_at
WHERE ROW({kept}) IS DISTINCT FROM ROW({new})
""").format(columns=_each("{}"), changes=_each("{0} = EXCLUDED.{0}"), kept=_each("kept.{}"), new=_each("EXCLUDED.{}"))


def keep(cursor: CursorWrapper) -> None:
    """Make or renew the comparable forms of the records of `settling`; a changed one is of no model until linked."""
    bulk.temporary(cursor, "subject_arriving", _TEMPORARY)
    for piece in waiting_sources():
        rows = (tuple(one[position] for position in _POSITIONS) for one in subjects(piece))
        bulk.copy(cursor, "subject_arriving", COLUMNS, rows)
    cursor.execute(_KEEP)
