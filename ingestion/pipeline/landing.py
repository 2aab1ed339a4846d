"""The landing table of one view of one load: rows with the contract's typed columns, before they are published.

Unlogged: half the writing. If PostgreSQL crashes it is found empty, which `holds` notices, and the view is read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract import View
from ingestion.pipeline.rows import DELIMITER, NULL

CREATE = """
CREATE UNLOGGED TABLE {table} (run integer NOT NULL, mapping_id bigint NOT NULL DEFAULT {mapping},
    hash uuid NOT NULL, raw text NOT NULL, {columns})
"""
# What the rejected rows of the reading were, that a key given twice is seen also where one of the rows is bad.
CREATE_BAD = "CREATE UNLOGGED TABLE {bad} (run integer NOT NULL, id_origem text NOT NULL, raw_hash uuid NOT NULL)"
NOTE_BAD = "INSERT INTO {} (id_origem, raw_hash) SELECT * FROM unnest(%s::text[], %s::uuid[])"
COPY = "COPY {table} (hash, raw, {columns}) FROM STDIN (DELIMITER {delimiter}, NULL {null})"


@dataclass(frozen=True)
class Landing:
    """Names and statements of a landing table. `run` is the epoch of the worker that read the row."""

    load: int
    view: View

    @property
    def table(self) -> sql.Identifier:
        return sql.Identifier("landing", f"l{self.load}_{self.view.name}")

    @property
    def bad(self) -> sql.Identifier:
        return sql.Identifier("landing", f"l{self.load}_{self.view.name}_bad")

    @property
    def columns(self) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(column.name) for column in self.view.columns)

    def recreate(self, cursor: CursorWrapper, mapping: int) -> None:
        """An empty table, whatever was there."""
        self.drop(cursor)
        typed = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.sql_type))
            for column in self.view.columns
        )
        statement = sql.SQL(CREATE).format(table=self.table, mapping=sql.Literal(mapping), columns=typed)
        cursor.execute(statement)
        cursor.execute(sql.SQL(CREATE_BAD).format(bad=self.bad))

    def start_run(self, cursor: CursorWrapper, epoch: int) -> None:
        """Mark the rows that come next as read by this worker."""
        for table in (self.table, self.bad):
            cursor.execute(sql.SQL("ALTER TABLE {} ALTER run SET DEFAULT {}").format(table, sql.Literal(epoch)))

    def holds(self, cursor: CursorWrapper, rows: int, bad: int) -> bool:
        """True when the table is there with that many rows, and knows of so many bad ones."""
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"landing.l{self.load}_{self.view.name}"])
        if not cursor.fetchone()[0]:
            return False
        counts = sql.SQL("SELECT (SELECT count(*) FROM {}), (SELECT count(*) FROM {})").format(self.table, self.bad)
        cursor.execute(counts)
        return bool(cursor.fetchone() == (rows, bad))

    def note_bad(self, cursor: CursorWrapper, keys: Sequence[str], hashes: Sequence[str]) -> None:
        """Remember rows that went to quarantine."""
        cursor.execute(sql.SQL(NOTE_BAD).format(self.bad), [list(keys), list(hashes)])

    def copy(self, cursor: CursorWrapper, payload: Sequence[bytes]) -> None:
        """Append COPY text in UTF-8."""
        with cursor.copy(self._copy) as target:
            target.write(b"".join(payload))

    @cached_property
    def _copy(self) -> bytes:
        """The statement, composed once for all batches."""
        places = {"table": self.table, "columns": self.columns}
        marks = {"delimiter": sql.Literal(DELIMITER), "null": sql.Literal(NULL)}
        return sql.SQL(COPY).format(**places, **marks).as_bytes()

    def drop(self, cursor: CursorWrapper) -> None:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}, {}").format(self.table, self.bad))
