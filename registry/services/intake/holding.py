"""Records that a handover's rows name and that still wait to be judged: they go on waiting until the rows are there.

Whatever is derived of a record follows once it is judged. Judged by somebody else before these rows are committed, it
would be derived without them; so it is held, which those who judge pass over.
"""

from collections.abc import Sequence
from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services import bulk
from registry.services.intake import naming
from registry.services.intake.statements import Statements

# Who judges just now holds its records until it has committed: it is waited for, and what it judged waits no more.
_HOLD: Final = """
WITH waiting AS MATERIALIZED (
    SELECT p.record_id FROM registry_pendingrecord p WHERE p.record_id IN ({named})
    ORDER BY p.record_id FOR KEY SHARE)
INSERT INTO {held} SELECT record_id FROM waiting
"""
_DUE: Final = """
SELECT DISTINCT named.id FROM ({named}) named (id)
WHERE named.id IS NOT NULL AND NOT EXISTS (SELECT FROM {held} h WHERE h.record_id = named.id)
"""


def hold(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Hold those that wait until the transaction ends, and write them down in `statements.held`.

    Called before anything is queued. Who judges writes to the queues of persons while it holds its records: were a
    person queued here first, each would wait for the other.
    """
    view = statements.view
    if columns := sorted({*view.checks, view.links, view.crosses} - {""}):
        bulk.temporary(cursor, statements.held, "record_id bigint")
        names = {"named": naming.named(statements, columns, removing=removing), "held": sql.Identifier(statements.held)}
        cursor.execute(sql.SQL(_HOLD).format(**names))
        bulk.tell_size(cursor, sql.Identifier(statements.held), "record_id")


def due(statements: Statements, columns: Sequence[str], *, removing: bool) -> sql.Composed:
    """A query for the ids of the records in these columns, now and before, but for those held."""
    named = naming.named(statements, columns, removing=removing)
    return sql.SQL(_DUE).format(named=named, held=sql.Identifier(statements.held))
