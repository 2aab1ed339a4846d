"""The SQL that finds, for each row of a handover, its parents and whether the registry already has it.

In every statement `h` is a row of the handover, `t` the row of the registry it is about, `p…` its parents.
"""

from psycopg import sql

from registry.contracts import Handover
from registry.services.intake.columns import listed, name_of
from registry.services.intake.specs import Parent, View

_OF_PEOPLE = "id_origem text, record_id bigint, person_id bigint, known boolean, missing text, excluded boolean,"
_OF_PEOPLE += " touched bigint"
# The state has excluded the row, or is silent about it.
EXCLUDED = sql.SQL("coalesce(h.st_registro = 'E', false)")


def resolved_columns(view: View) -> str:
    """Columns of the resolved table; `missing` names a field whose parent is unknown, `touched` the record before."""
    if view.kind:
        return _OF_PEOPLE
    parents = "".join(f"{parent.name} bigint, " for parent in view.parents)
    return f"id_origem text, {parents}known boolean, missing text, excluded boolean, touched bigint"


def resolve(view: View, handover: Handover, into: str) -> sql.Composed:
    """Fill the resolved table of a view."""
    if view.kind:
        return _resolve_people(view, handover, into)
    origin = sql.Literal(handover.origin.pk)
    touched = name_of("t", view.touches) if view.touches else sql.SQL("NULL::bigint")
    return sql.SQL("INSERT INTO {} SELECT h.id_origem, {} FROM {} h {} {}").format(
        sql.Identifier(into),
        listed([*(id for _, id in parents(view)), sql.SQL("t.id IS NOT NULL"), missing(view), EXCLUDED, touched]),
        sql.Identifier(handover.relation),
        parent_joins(view, origin),
        known_row(view, origin, "LEFT JOIN"),
    )


def known_row(view: View, origin: sql.Literal, join: str) -> sql.Composed:
    """The join to the row the registry already has."""
    table = view.record or view.table
    fixed = (("kind", view.kind),) if view.kind else view.fixed
    same = [sql.SQL("{} = {}").format(name_of("t", name), sql.Literal(value)) for name, value in fixed]
    conditions = [sql.SQL("t.origin_id = {}").format(origin), *same, sql.SQL("t.origin_key = h.id_origem")]
    return sql.SQL("{} {} t ON {}").format(
        sql.SQL(join),
        sql.Identifier(table.name),
        sql.SQL(" AND ").join(conditions),
    )


def _resolve_people(view: View, handover: Handover, into: str) -> sql.Composed:
    """Records and persons that are new get their ids here, in the order in which they will be written."""
    return sql.SQL(
        "INSERT INTO {} SELECT h.id_origem,"
        # A sequence is looked up once by a subquery, not for every row.
        " coalesce(t.id, nextval((SELECT pg_get_serial_sequence('registry_record', 'id')::regclass))),"
        " coalesce(t.home_id, nextval((SELECT pg_get_serial_sequence('registry_person', 'id')::regclass))),"
        " t.id IS NOT NULL, '', {} FROM {} h {}"
    ).format(
        sql.Identifier(into),
        EXCLUDED,
        sql.Identifier(handover.relation),
        known_row(view, sql.Literal(handover.origin.pk), "LEFT JOIN"),
    )


def parents(view: View) -> list[tuple[str, sql.Composable]]:
    """The columns of a fact that name its parents, each with the id that `parent_joins` brings."""
    return [(parent.name, _parent(index, parent)) for index, parent in enumerate(view.parents)]


def parent_joins(view: View, origin: sql.Literal) -> sql.Composed:
    """The joins from a row of the handover to its parents, NULL where one is unknown."""
    return sql.SQL(" ").join(_parent_joins(index, parent, origin) for index, parent in enumerate(view.parents))


def _parent(index: int, parent: Parent) -> sql.Composable:
    ids = [name_of(f"p{index}_{position}", "id") for position in range(len(parent.to.kinds))]
    return sql.SQL("coalesce({})").format(listed(ids))


def _parent_joins(index: int, parent: Parent, origin: sql.Literal) -> sql.Composed:
    joins: list[sql.Composable] = []
    for position, kind in enumerate(parent.to.kinds):
        alias = f"p{index}_{position}"
        joins.append(
            sql.SQL("LEFT JOIN {} {a} ON {a}.origin_id = {} AND {a}.origin_key = {}").format(
                sql.Identifier(parent.to.table), origin, name_of("h", parent.field), a=sql.Identifier(alias)
            )
        )
        if kind:
            joins.append(sql.SQL("AND {} = {}").format(name_of(alias, "kind"), sql.Literal(kind)))
    return sql.SQL(" ").join(joins)


def missing(view: View) -> sql.Composable:
    """The first field whose parent is unknown, or an empty text."""
    cases = [
        sql.SQL("WHEN {} IS NULL {} THEN {}").format(
            _parent(index, parent),
            sql.SQL("AND {} IS NOT NULL").format(name_of("h", parent.field)) if parent.optional else sql.SQL(""),
            sql.Literal(parent.field),
        )
        for index, parent in enumerate(view.parents)
    ]
    return sql.SQL("CASE {} ELSE '' END").format(sql.SQL(" ").join(cases)) if cases else sql.SQL("''")
