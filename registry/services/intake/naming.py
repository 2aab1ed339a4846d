"""The records that the rows of a handover name, and those that the same rows named before."""

from collections.abc import Sequence

from psycopg import sql

from registry.services.intake.columns import name_of
from registry.services.intake.resolving import known_row
from registry.services.intake.statements import Statements


def named(statements: Statements, columns: Sequence[str], *, removing: bool) -> sql.Composed:
    """A query for the records in these columns, now and before, some of them more than once or NULL.

    Of rows about to be removed only what they named before is known.
    """
    parts = [] if removing else [_of_rows(statements, column) for column in columns]
    if removing or statements.replacing:
        parts += [_of_known(statements, column) for column in columns]
    return sql.SQL(" UNION ALL ").join(parts)


def known(statements: Statements) -> sql.Composed:
    """The join from a row `h` of the handover to the row `t` that the registry has of it."""
    return known_row(statements.view, statements.origin, "JOIN")


def _of_rows(statements: Statements, column: str) -> sql.Composed:
    return sql.SQL("SELECT {} FROM {} WHERE missing = ''").format(
        sql.Identifier(column), sql.Identifier(statements.resolved)
    )


def _of_known(statements: Statements, column: str) -> sql.Composed:
    return sql.SQL("SELECT {} FROM {} h {}").format(name_of("t", column), statements.relation, known(statements))
