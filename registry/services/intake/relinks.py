"""What a handover leaves to the links between persons: those whose visits, mandates or attendances it changes.

Those of whom records changed follow by way of `resolution`.
"""

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services.intake import holding
from registry.services.intake.statements import Statements

# A waiting person is written again: a refresh that has begun must not take it before these rows are committed.
_LEAVE = """
INSERT INTO registry_pendingperson (person_id, since)
SELECT DISTINCT r.person_id, now() FROM ({}) s JOIN registry_record r ON r.id = s.id ORDER BY 1
ON CONFLICT (person_id) DO UPDATE SET since = EXCLUDED.since
"""


def leave(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Queue the persons linked by a handover's rows, and by what they said before. Called before they are written.

    One side of a link is enough: rebuilding it writes both. Whoever waits to be judged comes by themselves.
    """
    if column := statements.view.links:
        cursor.execute(sql.SQL(_LEAVE).format(holding.due(statements, [column], removing=removing)))
