"""Changes of a state's rows as SQL statements on its native tables: our own names and values, quoted."""

from fictitious.rows import Row
from fictitious.states import columns
from fictitious.states.columns import Column
from fictitious.states.spec import Profile, Table, View


def update(profile: Profile, view: str, key: int, fields: Row) -> list[str]:
    """UPDATE statements that set contract fields of one row; fields the state does not have are left out."""
    spec = _view(profile, view)
    statements = []
    for table in spec.tables:
        made = [column for column in columns.of_table(profile, spec, table) if column.field in fields]
        if made:
            sets = ", ".join(f"{column.name} = {_literal(column, fields)}" for column in made)
            where = _where(profile, spec, table, key)
            statements.append(f"UPDATE {profile.schema}.{table.name} SET {sets} WHERE {where};")  # noqa: S608
    return statements


def delete(profile: Profile, view: str, key: int) -> list[str]:
    """DELETE statements that remove one row from every native table of the view."""
    spec = _view(profile, view)
    return [
        f"DELETE FROM {profile.schema}.{table.name} WHERE {_where(profile, spec, table, key)};"  # noqa: S608
        for table in spec.tables
    ]


def _view(profile: Profile, view: str) -> View:
    return next(spec for spec in profile.views if spec.contract == view)


def _where(profile: Profile, spec: View, table: Table, key: int) -> str:
    column = next(column for column in columns.of_table(profile, spec, table) if column.field == "id_origem")
    return f"{column.name} = {_literal(column, {'id_origem': key})}"


def _literal(column: Column, fields: Row) -> str:
    text = column.write(fields[column.field])
    if text == columns.NULL:
        return "NULL"
    # COPY doubles the backslash of octets; a literal does not.
    return "'" + text.replace("\\\\", "\\").replace("'", "''") + "'"
