"""What a handover leaves to the crossings: whose links, photographs or marks it changes.

Those of whom records changed follow by way of `resolution` and `search_documents`.
"""

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services.intake import holding
from registry.services.intake.statements import Statements

_LEAVE = """
INSERT INTO registry_pendingcrossing (person_id)
SELECT DISTINCT r.person_id FROM ({}) s JOIN registry_record r ON r.id = s.id ORDER BY 1
ON CONFLICT (person_id) DO NOTHING
"""


def leave(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Queue the persons of a handover's rows, and of what they said before. Called before they are written.

    Whoever waits to be judged comes by themselves.
    """
    if column := statements.view.crosses:
        cursor.execute(sql.SQL(_LEAVE).format(holding.due(statements, [column], removing=removing)))
