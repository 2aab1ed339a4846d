"""What a handover leaves to the quality rules, beside the persons that `resolution` and `search_documents` pass on.

Rows are only added to the queue, so that a load never waits for a check.
"""

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services.intake import holding, naming
from registry.services.intake.statements import Statements

_UNITS = "vw_unidade"
_OF_UNITS = (_UNITS, "vw_unidade_capacidade")
_LEAVE = "INSERT INTO registry_pendingcheck (record_id) {}"
_LEAVE_ORIGIN = "INSERT INTO registry_pendingcheck (origin_id) VALUES ({})"
# For whom a unit is meant and whether it has cells tell who may be in it.
_LEAVE_INMATES = """
INSERT INTO registry_pendingcheck (record_id)
SELECT DISTINCT k.prisoner_id FROM {relation} h {known} JOIN registry_custody k ON k.unit_id = t.id
WHERE k.removed_at IS NULL AND (t.sex, t.modality) IS DISTINCT FROM (h.sexo_destinado, h.modalidade)
"""


def leave(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Queue the records of a handover's rows, and those they were of before. Called before the rows are written.

    Those that wait to be judged are checked once their documents are written.
    """
    leave_units(cursor, statements, removing=removing)
    if columns := statements.view.checks:
        cursor.execute(sql.SQL(_LEAVE).format(holding.due(statements, columns, removing=removing)))


def leave_units(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Queue what a handover changes of the origin's units, and who is in them."""
    view = statements.view
    if view.name in _OF_UNITS:
        cursor.execute(sql.SQL(_LEAVE_ORIGIN).format(statements.origin))
    if view.name == _UNITS and statements.replacing and not removing:
        names = {"relation": statements.relation, "known": naming.known(statements)}
        cursor.execute(sql.SQL(_LEAVE_INMATES).format(**names))
