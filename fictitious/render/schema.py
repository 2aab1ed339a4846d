"""The SQL of a state's PostgreSQL database: native tables, lookup tables, keys, the views and the reader's rights."""

from fictitious import contract
from fictitious.rows import UNKNOWN, UNKNOWN_NUMBER
from fictitious.states import columns
from fictitious.states.columns import Column
from fictitious.states.spec import Profile, Table, View


def tables(profile: Profile) -> str:
    """CREATE statements of the schema, the native tables and the lookup tables with their rows."""
    parts = [f"CREATE SCHEMA {profile.schema};"]
    for view in profile.views:
        for table in view.tables:
            body = ",\n".join(f"  {column.name} {column.sql}" for column in columns.of_table(profile, view, table))
            parts.append(f"CREATE TABLE {profile.schema}.{table.name} (\n{body}\n);")
    for domain, name in profile.lookups.items():
        parts.append(_lookup(profile, domain, name))
    return "\n".join(parts) + "\n"


def keys(profile: Profile) -> str:
    """Primary keys, made after the rows are in."""
    return "".join(
        f"ALTER TABLE {profile.schema}.{table.name} ADD PRIMARY KEY ({table.columns['id_origem']});\n"
        for view in profile.views
        for table in view.tables
    )


def views(profile: Profile) -> str:
    """The views of the contract under the state's own names."""
    parts = [_documents(profile)] if profile.folded else []
    parts += [_view(profile, view) for view in profile.views]
    return "\n".join(parts) + "\n"


def grants(profile: Profile) -> str:
    """The reader sees the views and nothing else."""
    names = ", ".join(f"{profile.schema}.{name}" for name in view_names(profile))
    return (
        f"REVOKE ALL ON DATABASE {profile.database} FROM PUBLIC;\n"
        f"REVOKE ALL ON SCHEMA public FROM PUBLIC;\n"
        f"GRANT CONNECT ON DATABASE {profile.database} TO {profile.reader};\n"
        f"GRANT USAGE ON SCHEMA {profile.schema} TO {profile.reader};\n"
        f"GRANT SELECT ON {names} TO {profile.reader};\n"
    )


def view_names(profile: Profile) -> list[str]:
    folded = [FOLDED_VIEW] if profile.folded else []
    return folded + [view.name for view in profile.views]


FOLDED_VIEW = "vw_documentos"


def _documents(profile: Profile) -> str:
    """One row per document out of the columns of the prisoners' table."""
    main = next(view for view in profile.views if view.contract == "vw_preso").tables[0]
    key, changed = main.columns["id_origem"], main.columns["dt_atualizacao"]
    status = _status(profile, main, "t")
    selects = "\nUNION ALL\n".join(
        f"SELECT '{kind}-' || t.{key} AS id_doc, t.{key} AS id_pessoa, '{kind}'::text AS tipo_doc,"
        f" t.{name} AS numero_doc,"
        f" t.{changed} AS alterado_em, {status} AS situacao\n"
        f"FROM {profile.schema}.{main.name} t WHERE t.{name} IS NOT NULL"
        for kind, name in profile.folded.items()
    )
    return f"CREATE VIEW {profile.schema}.{FOLDED_VIEW} AS\n{selects};"


FOLDED_FIELDS = {
    "id_origem": "id_doc", "id_preso": "id_pessoa", "tipo": "tipo_doc", "numero": "numero_doc",
    "dt_atualizacao": "alterado_em", "st_registro": "situacao",
}  # fmt: skip


def _status(profile: Profile, table: Table, alias: str) -> str:
    column = f"{alias}.{table.columns['st_registro']}"
    return f"CASE WHEN {column} THEN 'E' ELSE 'A' END" if profile.deleted == "flag" else column


def _view(profile: Profile, view: View) -> str:
    shown, joins, seen = [], [], set()
    main = view.tables[0]
    for number, table in enumerate(view.tables):
        alias = f"t{number}"
        if number:
            keys = f"{alias}.{table.columns['id_origem']} = t0.{main.columns['id_origem']}"
            joins.append(f"LEFT JOIN {profile.schema}.{table.name} {alias} ON {keys}")
        for column in columns.of_table(profile, view, table):
            if column.field not in seen and not column.field.startswith("doc:"):
                seen.add(column.field)
                shown.append(_shown(profile, table, column, alias, joins))
    body = f"SELECT {', '.join(shown)}\nFROM {profile.schema}.{main.name} t0"
    return "\n".join([f"CREATE VIEW {profile.schema}.{view.name} AS", body, *joins]) + ";"


def _shown(profile: Profile, table: Table, column: Column, alias: str, joins: list[str]) -> str:
    if column.field == "st_registro" and profile.deleted == "flag":
        return f"{_status(profile, table, alias)} AS {column.name}"
    if column.lookup:
        lookup = f"l{len(joins)}"
        joins.append(f"LEFT JOIN {profile.schema}.{column.lookup} {lookup} ON {lookup}.numero = {alias}.{column.name}")
        return f"{lookup}.sigla AS {column.name}"
    return f"{alias}.{column.name}"


def _lookup(profile: Profile, domain: str, name: str) -> str:
    """The table of a list's codes by number, and one for whatever the list does not have."""
    codes = profile.codes.get(domain, {})
    numbered = [(number, codes.get(code, code)) for number, code in enumerate(contract.codes(domain), 1)]
    rows = ",\n".join(f"  ({number}, '{code}')" for number, code in [*numbered, (UNKNOWN_NUMBER, UNKNOWN)])
    table = f"{profile.schema}.{name}"
    create = f"CREATE TABLE {table} (numero integer PRIMARY KEY, sigla text NOT NULL);"
    return f"{create}\nINSERT INTO {table} VALUES\n{rows};"
