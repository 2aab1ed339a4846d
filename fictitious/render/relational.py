"""A state's tables, rows and views through SQLAlchemy: for database systems that do not read PostgreSQL's SQL.

There is no schema: views lie in the database itself, and `mapping.<engine>.yaml` beside `mapping.yaml` names them so.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.mysql import DATETIME

from fictitious import contract
from fictitious.render import rows
from fictitious.render.mapping import mapping
from fictitious.render.schema import FOLDED_FIELDS, FOLDED_VIEW, view_names
from fictitious.rows import UNKNOWN, UNKNOWN_NUMBER, Value
from fictitious.states import columns
from fictitious.states.columns import Column
from fictitious.states.spec import Profile, Table, View

BATCH = 1_000
# Longer than any text the country has, short enough for the rows of every system.
TEXT = 255

TYPES: dict[str, Any] = {
    "text": sa.String(TEXT), "integer": sa.Integer, "boolean": sa.Boolean, "date": sa.Date,
    "timestamp": sa.DateTime().with_variant(DATETIME(fsp=6), "mysql"),
    "bytea": sa.LargeBinary(2**24 - 1),
}  # fmt: skip


def fill(engine: sa.Engine, profile: Profile, folder: Path) -> None:
    """Make tables and views in an empty database and load `folder`. Raises ValueError for a country with next days."""
    if any((folder / "days").glob("*")):
        raise ValueError("the days after the first are applied to PostgreSQL only: generate the country anew")
    made = _tables(profile)
    made.create_all(engine)
    with engine.begin() as connection:
        for domain, name in profile.lookups.items():
            connection.execute(made.tables[name].insert(), _codes(profile, domain))
        for view in profile.views:
            for table in view.tables:
                _load(connection, made.tables[table.name], columns.of_table(profile, view, table), folder)
    with engine.begin() as connection:
        quote = connection.dialect.identifier_preparer.quote
        for name, query in _views(profile, made):
            shown = query.compile(connection, compile_kwargs={"literal_binds": True})
            connection.exec_driver_sql(f"CREATE VIEW {quote(name)} AS {shown}")


def grants(profile: Profile, reader: str, quote: Any) -> list[str]:
    """The reader sees the views and nothing else."""
    return [f"GRANT SELECT ON {quote(name)} TO {reader}" for name in view_names(profile)]


def write_mapping(profile: Profile, folder: Path, engine: str) -> None:
    """The mapping file of this rendering."""
    text = mapping(profile).replace(f" {profile.schema}.", " ")
    (folder / f"mapping.{engine}.yaml").write_text(text, encoding="utf-8")


def reads(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each view with every table it reads."""
    for view in profile.views:
        for table in view.tables:
            yield view.name, table.name
            for column in columns.of_table(profile, view, table):
                if column.lookup:
                    yield view.name, column.lookup
    if profile.folded:
        yield FOLDED_VIEW, next(view for view in profile.views if view.contract == "vw_preso").tables[0].name


def _tables(profile: Profile) -> sa.MetaData:
    made = sa.MetaData()
    for view in profile.views:
        for table in view.tables:
            _table(made, table, columns.of_table(profile, view, table))
    for name in profile.lookups.values():
        key = sa.Column("numero", sa.Integer, primary_key=True, autoincrement=False)
        sa.Table(name, made, key, sa.Column("sigla", TYPES["text"]))
    return made


def _table(made: sa.MetaData, table: Table, native: list[Column]) -> None:
    key = table.columns["id_origem"]
    described = [
        sa.Column(column.name, TYPES[column.sql], primary_key=column.name == key, autoincrement=False)
        for column in native
    ]
    sa.Table(table.name, made, *described)


def _codes(profile: Profile, domain: str) -> list[dict[str, Value]]:
    """The codes of a list by number, and one for whatever the list does not have."""
    known = profile.codes.get(domain, {})
    numbered = [(number, known.get(code, code)) for number, code in enumerate(contract.codes(domain), 1)]
    return [{"numero": number, "sigla": code} for number, code in [*numbered, (UNKNOWN_NUMBER, UNKNOWN)]]


def _load(connection: sa.Connection, table: sa.Table, native: list[Column], folder: Path) -> None:
    names = [column.name for column in native]
    read = rows.read(folder / "tables" / table.name, native)
    image = next((column.name for column in native if column.sql == "bytea"), None)
    while batch := [dict(zip(names, row, strict=True)) for row in islice(read, BATCH)]:
        # Firebird's driver takes no null for octets: a row without an image does not name its column.
        bare = [{name: row[name] for name in names if name != image} for row in batch if image and row[image] is None]
        for made in ([row for row in batch if not image or row[image] is not None], bare):
            if made:
                connection.execute(table.insert(), made)


def _views(profile: Profile, made: sa.MetaData) -> Iterator[tuple[str, Any]]:
    for view in profile.views:
        yield view.name, _view(profile, view, made)
    if profile.folded:
        yield FOLDED_VIEW, _documents(profile, made)


def _view(profile: Profile, view: View, made: sa.MetaData) -> sa.Select[Any]:
    """As `schema.views`: the first table, what hangs on its key, and names of numbered codes."""
    source: sa.FromClause | None = None
    shown: dict[str, Any] = {}
    key = None
    for number, table in enumerate(view.tables):
        alias = made.tables[table.name].alias(f"t{number}")
        own = alias.c[table.columns["id_origem"]]
        source = alias if source is None or key is None else source.outerjoin(alias, own == key)
        key = own if key is None else key
        for column in columns.of_table(profile, view, table):
            if column.field not in shown and not column.field.startswith("doc:"):
                value: Any = alias.c[column.name]
                if column.lookup:
                    lookup = made.tables[column.lookup].alias(f"l{len(shown)}")
                    source = source.outerjoin(lookup, lookup.c.numero == value)
                    value = lookup.c.sigla
                elif column.field == "st_registro":
                    value = _status(profile, value)
                shown[column.field] = value.label(column.name)
    assert source is not None
    return sa.select(*shown.values()).select_from(source)


def _status(profile: Profile, column: Any) -> Any:
    if profile.deleted != "flag":
        return column
    letter = sa.String(1)
    return sa.case((column.is_(sa.true()), sa.cast("E", letter)), else_=sa.cast("A", letter))


def _documents(profile: Profile, made: sa.MetaData) -> sa.CompoundSelect[Any]:
    """One row per document out of the columns of the prisoners' table."""
    main = next(view for view in profile.views if view.contract == "vw_preso").tables[0]
    table = made.tables[main.name]
    key, changed = (table.c[main.columns[field]] for field in ("id_origem", "dt_atualizacao"))
    status = _status(profile, table.c[main.columns["st_registro"]])
    text = sa.String(40)
    parts = []
    for kind, name in profile.folded.items():
        made_key = sa.cast(sa.literal(f"{kind}-", text).concat(sa.cast(key, text)), sa.String(80))
        values = (made_key, key, sa.cast(kind, text), table.c[name], changed, status)
        labels = zip(values, FOLDED_FIELDS.values(), strict=True)
        parts.append(sa.select(*(value.label(label) for value, label in labels)).where(table.c[name].is_not(None)))
    return sa.union_all(*parts)
