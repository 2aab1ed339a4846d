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
# The version is written with the form, though linking follows in the same transaction: a second write of a row would
# enter it into every index again.
_KEEP: Final = sql.SQL("""
WITH written AS (
    INSERT INTO registry_matchsubject AS kept (record_id, {columns}, model, changed_at)
    SELECT record_id, {columns}, %(version)s, clock_timestamp() FROM subject_arriving ORDER BY record_id
    ON CONFLICT (record_id) DO UPDATE SET {changes}, model = EXCLUDED.model, changed_at = CASE
        WHEN ROW({kept}) IS DISTINCT FROM ROW({new}) THEN EXCLUDED.changed_at ELSE kept.changed_at END
    WHERE ROW({kept}) IS DISTINCT FROM ROW({new}) OR EXCLUDED.model NOT IN ('', kept.model)
    RETURNING record_id)
INSERT INTO linking SELECT record_id FROM written
""").format(columns=_each("{}"), changes=_each("{0} = EXCLUDED.{0}"), kept=_each("kept.{}"), new=_each("EXCLUDED.{}"))


_NEW: Final = """
SELECT EXISTS (SELECT FROM settling s LEFT JOIN registry_matchsubject m ON m.record_id = s.record_id
    WHERE m.model IS DISTINCT FROM %s)
"""


def any_new(cursor: CursorWrapper, version: str) -> bool:
    """Whether some record of `settling` was never linked by that version, so that `keep` will leave it to be linked."""
    found: bool = bulk.first(cursor, _NEW, [version])[0]
    return found


def keep(cursor: CursorWrapper, version: str) -> int:
    """Make or renew the comparable forms of the records of `settling`, as linked by that version: the caller links
    those of the table `linking` that this leaves, whose form is new or which that version had not linked.

    Without a model in use the version is empty, and a changed form is of none. How many are to be linked.
    """
    bulk.temporary(cursor, "linking", "record_id bigint PRIMARY KEY")
    bulk.temporary(cursor, "subject_arriving", _TEMPORARY)
    for piece in waiting_sources():
        rows = (tuple(one[position] for position in _POSITIONS) for one in subjects(piece))
        bulk.copy(cursor, "subject_arriving", COLUMNS, rows)
    cursor.execute(_KEEP, {"version": version})
    bulk.analyse(cursor, "linking")
    written: int = bulk.first(cursor, "SELECT count(*) FROM linking")[0]
    return written
