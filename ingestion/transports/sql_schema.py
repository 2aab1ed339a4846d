"""The columns and types of the relations that a mapping reads, from the state database's own catalogue."""

import sqlalchemy as sa
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.exc import DBAPIError, NoSuchTableError, SQLAlchemyError

from ingestion.dialects import Dialect
from ingestion.mapping.schema import Mapping
from ingestion.transports.schema import Seen

# Relations beside those read; a schema with more is not one made for us.
MOST_OTHERS = 200


def describe(engine: sa.Engine, dialect: Dialect, mapping: Mapping) -> list[Seen]:
    """See `transports.schema.Describing`."""
    try:
        with engine.connect() as connection:
            dialect.prepare(connection)
            inspector = sa.inspect(connection)
            read = [_seen(inspector, given.relation, view) for view, given in mapping.views.items()]
            return read + _others(inspector, {seen.relation for seen in read})
    except DBAPIError as error:
        raise dialect.problem(error) from error


def _seen(inspector: Inspector, relation: str, view: str) -> Seen:
    schema, name = split(relation)
    try:
        columns = {column["name"]: _type(column["type"]) for column in inspector.get_columns(name, schema=schema)}
    except NoSuchTableError:
        return Seen(relation, view, None)
    # A catalogue that does not show what may be read tells nothing.
    return Seen(relation, view, columns, whole=bool(columns))


def _type(given: sa.types.TypeEngine[object]) -> str:
    try:
        return str(given)[:200]
    except SQLAlchemyError:  # a type that SQLAlchemy has no words for
        return type(given).__name__


def _others(inspector: Inspector, read: set[str]) -> list[Seen]:
    known = {relation.lower() for relation in read}
    others = []
    for schema in sorted({split(relation)[0] or "" for relation in read}):
        names = inspector.get_view_names(schema=schema or None) if schema else []
        others += [f"{schema}.{name}" for name in sorted(names)]
    return [Seen(relation, "", whole=False) for relation in others if relation.lower() not in known][:MOST_OTHERS]


def split(relation: str) -> tuple[str | None, str]:
    """Schema and name of a relation as the mapping writes it."""
    schema, _, name = relation.rpartition(".")
    return schema or None, name
