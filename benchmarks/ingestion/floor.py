"""What the same rows cost without us: binary COPY from a file into an ordinary table, and Django's bulk_create."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from benchmarks.cost import Cost, cost
from ingestion.contract import View

PIECE = 1024 * 1024
TIMES = 5
ORM_ROWS = 50_000
ORM_BATCH = 5_000


@dataclass(frozen=True)
class Floor:
    """The rows that one view landed, kept in a file of PostgreSQL's binary COPY format.

    The baseline reads that file, which the system's cache holds, and sends it to a logged table of the contract's typed
    columns, without index or constraint: one COPY, one transaction, no state's server, no hash, no raw row.
    """

    view: View
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / f"{self.view.name}.binary"

    @property
    def table(self) -> sql.Identifier:
        return sql.Identifier("landing", f"floor_{self.view.name}")

    def take(self, cursor: CursorWrapper, landed: sql.Composable) -> int:
        """Keep what was landed; how many rows."""
        columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in self.view.columns)
        query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT binary)").format(columns, landed)
        with self.file.open("wb") as file, cursor.copy(query) as rows:
            for piece in rows:
                file.write(piece)
        return int(cursor.rowcount)

    def cost(self, cursor: CursorWrapper) -> Cost:
        """What the COPY costs, with its commit: the medians of a few, since one is short and the machine shared."""
        clock, processor = zip(*(self._once(cursor) for _ in range(TIMES)), strict=True)
        return Cost(median(clock), median(processor))

    def _once(self, cursor: CursorWrapper) -> Cost:
        self.create(cursor)
        taken = cost(lambda: self._copy(cursor))
        self.drop(cursor)
        return taken

    def _copy(self, cursor: CursorWrapper) -> None:
        statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(self.table)
        with self.file.open("rb") as file, cursor.copy(statement) as target:
            while piece := file.read(PIECE):
                target.write(piece)

    def create(self, cursor: CursorWrapper) -> None:
        """The table, empty."""
        typed = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.sql_type))
            for column in self.view.columns
        )
        cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(self.table, typed))

    def drop(self, cursor: CursorWrapper) -> None:
        cursor.execute(sql.SQL("DROP TABLE {}").format(self.table))

    def bulk_create(self, cursor: CursorWrapper) -> float:
        """Rows a second that Django's bulk_create writes into the same table, of rows already mapped."""
        self.create(cursor)
        self._copy(cursor)
        names = [column.name for column in self.view.columns]
        cursor.execute(sql.SQL("SELECT * FROM {} LIMIT {}").format(self.table, sql.Literal(ORM_ROWS)))
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(sql.SQL("TRUNCATE {}").format(self.table))
        model = _model(self.view)
        began = time.perf_counter()
        for first in range(0, len(rows), ORM_BATCH):
            model._default_manager.bulk_create([model(**row) for row in rows[first : first + ORM_BATCH]])
        rate = len(rows) / (time.perf_counter() - began)
        self.drop(cursor)
        return rate


FIELDS: dict[str, Any] = {
    "text": models.TextField, "date": models.DateField, "timestamptz": models.DateTimeField,
    "integer": models.IntegerField, "boolean": models.BooleanField,
}  # fmt: skip


def _model(view: View) -> type[models.Model]:
    """A model of the table, which Django writes but does not manage."""
    fields = {column.name: FIELDS[column.sql_type](null=True) for column in view.columns}
    fields["id_origem"] = models.TextField(primary_key=True)
    quoted = connection.ops.quote_name("landing") + "." + connection.ops.quote_name(f"floor_{view.name}")
    meta = type("Meta", (), {"managed": False, "db_table": quoted, "app_label": "benchmarks"})
    return type(f"Floor_{view.name}", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
