"""The SQL that writes one handover into the registry's tables, composed from the view's description.

In every statement `h` is a row of the handover, `r` what was resolved of it, `t` a row of the registry. Names are
quoted by psycopg; nothing a state sends becomes SQL text.
"""

from collections.abc import Callable

from psycopg import sql

from registry.contracts import Handover
from registry.services.intake.columns import filled, kind_of, listed, lookup_joins, name_of
from registry.services.intake.resolving import EXCLUDED, known_row, missing, parent_joins, parents
from registry.services.intake.specs import Parsed, Table, View

_Given = list[tuple[str, sql.Composable]]
_Condition = Callable[[sql.Composable, sql.Composable], sql.Composable]

# What every row of a state carries (models.Observed), but for its key and its load.
_OBSERVED = {
    "origin_updated_at": "coalesce(h.dt_atualizacao, now())",
    "received_at": "now()",
    "removed_at": "CASE WHEN h.st_registro = 'E' THEN coalesce(h.dt_atualizacao, now()) END",
}
# Columns of a record that its view may not have, or that a later stage fills.
_EMPTY_AT_FIRST = frozenset(
    {"mother_name", "father_name", "sex", "cpf", "phone", "address", "name_norm", "mother_norm"}
)


class Statements:
    """The statements of one handover; `resolved`, `refused` and `held` name its temporary tables.

    `replacing` is False when the registry has none of the rows yet: plain insertion is cheaper. `all_wait` is True when
    all records of the origin wait to be judged and nobody judges them before the rows are committed.
    """

    def __init__(self, view: View, handover: Handover) -> None:
        self.view = view
        self.resolved = f"{handover.relation}_resolved"
        self.refused = f"{handover.relation}_refused"
        self.held = f"{handover.relation}_held"
        self.relation = sql.Identifier(handover.relation)
        self.origin_id: int = handover.origin.pk
        self.origin = sql.Literal(self.origin_id)
        self.load = sql.Literal(handover.load)
        # The column of the resolved table with the record a row is of.
        self.record = view.touches or "record_id"
        self.replacing = True
        self.all_wait = False

    def refuse(self) -> sql.Composed:
        """Write down the rows whose parent is unknown, each with the field that names it."""
        return sql.SQL("INSERT INTO {} SELECT id_origem, 'orphan:' || missing FROM {} WHERE missing <> ''").format(
            sql.Identifier(self.refused), sql.Identifier(self.resolved)
        )

    def count(self) -> sql.Composed:
        """How many rows are to be inserted, updated, marked removed, and are refused."""
        return sql.SQL(
            "SELECT count(*) FILTER (WHERE NOT known AND missing = '' AND NOT excluded),"
            " count(*) FILTER (WHERE known AND missing = '' AND NOT excluded),"
            " count(*) FILTER (WHERE missing = '' AND excluded), count(*) FILTER (WHERE missing <> '') FROM {}"
        ).format(sql.Identifier(self.resolved))

    def any_known(self) -> sql.Composed:
        """Whether the registry has any of the rows."""
        return sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE known)").format(sql.Identifier(self.resolved))

    def touch_new(self) -> sql.Composed:
        """Leave the new records to be judged: nobody else knows of them yet."""
        return sql.SQL(
            "INSERT INTO registry_pendingrecord (record_id, since) SELECT record_id, now() FROM {} WHERE NOT known"
        ).format(sql.Identifier(self.resolved))

    def touch(self) -> sql.Composed:
        """Leave the touched records to be judged: those the rows are of, and those they were of before.

        One that waits already is locked, so that nobody judges it before these rows are committed; writing it
        anew would cost three times as much.
        """
        return sql.SQL(
            "WITH due AS (SELECT {1} AS id FROM {0} UNION SELECT touched FROM {0}),"
            " waiting AS MATERIALIZED (SELECT p.record_id FROM registry_pendingrecord p"
            " JOIN due ON p.record_id = due.id ORDER BY 1 FOR UPDATE OF p)"
            " INSERT INTO registry_pendingrecord (record_id, since) SELECT id, now() FROM due"
            " WHERE id IS NOT NULL AND NOT EXISTS (SELECT FROM waiting WHERE record_id = id) ORDER BY id"
            " ON CONFLICT (record_id) DO UPDATE SET since = EXCLUDED.since"
        ).format(sql.Identifier(self.resolved), sql.Identifier(self.record))

    def make_persons(self) -> sql.Composed:
        """A person of its own for every new record.

        Their public ids are digests of a random number nobody else knows, as hard to guess as `gen_random_uuid()`
        and a quarter of its cost.
        """
        return sql.SQL(
            "INSERT INTO registry_person (id, public_id) SELECT person_id,"
            " encode(substr(sha256(secret || int8send(person_id)), 1, 16), 'hex')::uuid"
            " FROM {}, (SELECT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) AS secret OFFSET 0) s"
            " WHERE NOT known"
        ).format(sql.Identifier(self.resolved))

    def write_records(self, table: Table) -> sql.Composed:
        """Insert or update the part of people's records that all kinds share."""
        person = name_of("r", "person_id")
        once: _Given = [
            ("id", name_of("r", "record_id")),
            ("origin_id", self.origin),
            ("kind", sql.Literal(self.view.kind)),
            ("origin_key", name_of("h", "id_origem")),
            ("person_id", person),
            ("home_id", person),
        ]
        once += [
            (name, sql.Literal("")) for name in sorted(_EMPTY_AT_FIRST - {column.name for column in table.columns})
        ]
        return self._upsert(table, once, [*self._observed(), *filled(table)], key=("id",))

    def write_kind(self) -> sql.Composed:
        """Insert or update the part of people's records that only their kind has."""
        once: _Given = [("record_ptr_id", name_of("r", "record_id"))]
        return self._upsert(self.view.table, once, filled(self.view.table), key=("record_ptr_id",))

    def write_rows(self, into: str) -> sql.Composed:
        """Insert or update the rows of a view that is not of people, in the view's table or a partition of it."""
        once, changing = self._row([(parent.name, name_of("r", parent.name)) for parent in self.view.parents])
        return self._upsert(self.view.table, once, changing, key=self.view.key, into=into)

    def write_first_rows(self, into: str) -> sql.Composed:
        """Insert rows of which the registry has none of this origin, but for those whose parent is unknown."""
        once, changing = self._row(parents(self.view))
        columns = [*once, *changing]
        return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} h {} {} WHERE {} = ''").format(
            sql.Identifier(into),
            listed(sql.Identifier(name) for name, _ in columns),
            listed(value for _, value in columns),
            self.relation,
            parent_joins(self.view, self.origin),
            sql.SQL(" ").join(lookup_joins(self.view.table)),
            missing(self.view),
        )

    def refuse_first_rows(self) -> sql.Composed:
        """Write down the rows that `write_first_rows` leaves out, each with the field that names its parent."""
        return sql.SQL(
            "INSERT INTO {} SELECT h.id_origem, 'orphan:' || {missing} FROM {} h {} WHERE {missing} <> ''"
        ).format(
            sql.Identifier(self.refused),
            self.relation,
            parent_joins(self.view, self.origin),
            missing=missing(self.view),
        )

    def count_removed(self) -> sql.Composed:
        """How many of the rows that were not refused the state has excluded."""
        return sql.SQL(
            "SELECT count(*) FROM {} h WHERE {} AND NOT EXISTS (SELECT FROM {} r WHERE r.id_origem = h.id_origem)"
        ).format(self.relation, EXCLUDED, sql.Identifier(self.refused))

    def any_row(self) -> sql.Composed:
        """The key of a row that the origin has in the view's table. In the order of the table's key, which so is used:
        of an origin that is new the planner would expect as many rows as of others, and read them all to find one.
        """
        fixed = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in self.view.fixed]
        return sql.SQL("SELECT origin_key FROM {} WHERE {} ORDER BY origin_key LIMIT 1").format(
            sql.Identifier(self.view.table.name),
            sql.SQL(" AND ").join([sql.SQL("origin_id = {}").format(self.origin), *fixed]),
        )

    def documents(self, column: Parsed, clean: _Condition) -> sql.Composed:
        """The distinct documents, kind and text, that a column needs parsed: all but the `clean` ones."""
        kind, raw = kind_of(column), name_of("h", column.field)
        return sql.SQL("SELECT DISTINCT {kind}, {raw} FROM {} h WHERE {raw} <> '' AND {kind} <> '' AND NOT {}").format(
            self.relation, clean(kind, raw), kind=kind, raw=raw
        )

    def find_removed(self) -> sql.Composed:
        """Fill the resolved table with the rows of the registry that the relation names and the state still had."""
        record = name_of("t", "id") if self.view.kind else self.view.touches and name_of("t", self.record)
        return sql.SQL("INSERT INTO {} SELECT t.id, {} FROM {} h {} WHERE t.removed_at IS NULL").format(
            sql.Identifier(self.resolved),
            record or sql.SQL("NULL::bigint"),
            self.relation,
            known_row(self.view, self.origin, "JOIN"),
        )

    def remove(self) -> sql.Composed:
        """Mark the found rows as no longer in the state's database."""
        table = self.view.record or self.view.table
        return sql.SQL(
            "UPDATE {} t SET removed_at = now(), received_at = now(), load = {} FROM {} r"
            " WHERE t.id = r.id AND t.origin_id = {}"
        ).format(sql.Identifier(table.name), self.load, sql.Identifier(self.resolved), self.origin)

    def _row(self, parents: _Given) -> tuple[_Given, _Given]:
        """The columns of a fact that are set once, and those that change, each with its expression."""
        fixed: _Given = [(name, sql.Literal(value)) for name, value in self.view.fixed]
        once: _Given = [("origin_id", self.origin), *fixed, ("origin_key", name_of("h", "id_origem"))]
        once += [(name, sql.SQL(value)) for name, value in self.view.on_insert]
        return once, [*self._observed(), *parents, *filled(self.view.table)]

    def _observed(self) -> _Given:
        observed: _Given = [(name, sql.SQL(value)) for name, value in _OBSERVED.items()]
        return [*observed, ("load", self.load)]

    def _upsert(
        self, table: Table, once: _Given, changing: _Given, *, key: tuple[str, ...], into: str = ""
    ) -> sql.Composed:
        columns = [*once, *changing]
        return sql.SQL(
            "INSERT INTO {table} ({names}) SELECT {values} FROM {relation} h JOIN {resolved} r USING (id_origem)"
            " {lookups} WHERE r.missing = '' {replacing}"
        ).format(
            table=sql.Identifier(into or table.name),
            names=listed(sql.Identifier(name) for name, _ in columns),
            values=listed(value for _, value in columns),
            relation=self.relation,
            resolved=sql.Identifier(self.resolved),
            lookups=sql.SQL(" ").join(lookup_joins(table)),
            replacing=_replacing(key, changing) if self.replacing else sql.SQL(""),
        )


def _replacing(key: tuple[str, ...], changing: _Given) -> sql.Composed:
    return sql.SQL("ON CONFLICT ({key}) DO UPDATE SET {changes}").format(
        key=listed(map(sql.Identifier, key)),
        changes=listed(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name, _ in changing),
    )
