"""The keys landing table of one view: every key the state has, with its date, as one listing gave them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract import View
from ingestion.mapping.compiling import Reader
from ingestion.pipeline.rows import key_text
from ingestion.transports.base import KeyBatch

# `before` stands in the first row of each batch: the position its rows come after.
CREATE = """
CREATE UNLOGGED TABLE {table} (turn smallint NOT NULL, batch integer NOT NULL, id_origem text NOT NULL,
    dt_atualizacao timestamptz, before text)
"""


@dataclass(frozen=True)
class KeyLanding:
    """Names and statements of a keys landing table. A second `turn` confirms what the first did not show."""

    load: int
    view: View

    @property
    def table(self) -> sql.Identifier:
        return sql.Identifier("landing", f"l{self.load}_{self.view.name}_keys")

    def recreate(self, cursor: CursorWrapper) -> None:
        """An empty table, whatever was there."""
        self.drop(cursor)
        cursor.execute(sql.SQL(CREATE).format(table=self.table))

    def drop(self, cursor: CursorWrapper) -> None:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(self.table))

    def empty(self, cursor: CursorWrapper, turn: int) -> None:
        """Forget a listing that began again."""
        cursor.execute(sql.SQL("DELETE FROM {} WHERE turn = %s").format(self.table), [turn])

    def add(self, cursor: CursorWrapper, reader: Reader, batch: KeyBatch, turn: int, number: int) -> None:
        """Append a batch through the conversions of its view; a key that cannot be read stands as in the quarantine."""
        before = json.dumps(batch.before.as_json() if batch.before else None)
        statement = sql.SQL("COPY {} FROM STDIN").format(self.table)
        with cursor.copy(statement) as target:
            for key, updated in keys_of(reader, batch.rows):
                target.write_row((turn, number, key, updated, before))
                before = None  # type: ignore[assignment]

    def count(self, cursor: CursorWrapper) -> int:
        """How many keys the first listing has."""
        cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE turn = 1").format(self.table))
        return int(cursor.fetchone()[0])

    def analyse(self, cursor: CursorWrapper) -> None:
        """Tell the planner how many there are, and let each be found by itself.

        Of the mirror it knows what it was told last: it may take its rows for few, and look for each of them among
        all keys.
        """
        cursor.execute(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} (id_origem)").format(sql.Identifier(self._index), self.table)
        )
        cursor.execute(sql.SQL("ANALYZE {} (id_origem)").format(self.table))

    @property
    def _index(self) -> str:
        return f"l{self.load}_{self.view.name}_keys_by_key"


def keys_of(reader: Reader, rows: Sequence[tuple[Any, Any]]) -> list[tuple[str, str | None]]:
    """`id_origem` and `dt_atualizacao` as rows of the view would have them in the mirror or in quarantine."""
    found = reader.keys(rows)
    return [(key or key_text(raw), updated) for (raw, _), (key, updated) in zip(rows, found, strict=True)]
