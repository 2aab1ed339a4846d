"""What a handover leaves to the quality rules, beside the persons that `resolution` and `search_documents` pass on.

Rows are only added to the queue, so that a load never waits for a check.
"""

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services.intake.columns import name_of
from registry.services.intake.resolving import known_row
from registry.services.intake.statements import Statements

_UNITS = "vw_unidade"
_OF_UNITS = (_UNITS, "vw_unidade_capacidade")
_LEAVE = "INSERT INTO registry_pendingcheck (record_id) SELECT DISTINCT id FROM ({}) s (id) WHERE id IS NOT NULL"
_LEAVE_ORIGIN = "INSERT INTO registry_pendingcheck (origin_id) VALUES ({})"
# For whom a unit is meant and whether it has cells tell who may be in it.
_HELD = """
SELECT k.prisoner_id FROM {relation} h {known} JOIN registry_custody k ON k.unit_id = t.id
WHERE k.removed_at IS NULL AND (t.sex, t.modality) IS DISTINCT FROM (h.sexo_destinado, h.modalidade)
"""


def leave(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Queue the records of a handover's rows, and those they were of before. Called before the rows are written."""
    view = statements.view
    if view.name in _OF_UNITS:
        cursor.execute(sql.SQL(_LEAVE_ORIGIN).format(statements.origin))
    parts = [of_rows(statements, column) for column in view.checks if not removing]
    if removing or statements.replacing:
        parts += [of_known(statements, column) for column in view.checks]
        if view.name == _UNITS and not removing:
            parts.append(sql.SQL(_HELD).format(relation=statements.relation, known=_join(statements)))
    if parts:
        cursor.execute(sql.SQL(_LEAVE).format(sql.SQL(" UNION ALL ").join(parts)))


def of_rows(statements: Statements, column: str) -> sql.Composed:
    """The records in a column of the rows that came."""
    return sql.SQL("SELECT {} FROM {} WHERE missing = ''").format(
        sql.Identifier(column), sql.Identifier(statements.resolved)
    )


def of_known(statements: Statements, column: str) -> sql.Composed:
    """The records in a column of the same rows as the registry had them."""
    return sql.SQL("SELECT {} FROM {} h {}").format(name_of("t", column), statements.relation, _join(statements))


def _join(statements: Statements) -> sql.Composed:
    return known_row(statements.view, statements.origin, "JOIN")
