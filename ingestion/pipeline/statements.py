"""The SQL of a publication about its landing table `t`, and what its other statements are composed with.

Names are quoted by psycopg; nothing a state sends becomes SQL text.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract.types import KEY
from ingestion.pipeline.landing import Landing
from registry.services import bulk

KEEP_LAST_RUN = "DELETE FROM {t} t USING {t} later WHERE later.id_origem = t.id_origem AND later.run > t.run"
# What was read again and found bad.
DROP_OUTDATED = "DELETE FROM {t} t USING {bad} later WHERE later.id_origem = t.id_origem AND later.run > t.run"
SAME_KEY = "m.origin_id = {origin} AND m.view = {view} AND m.origin_key = t.id_origem"
# As `rows.digest` does it.
RAW_HASH = "substr(encode(sha256(convert_to(raw, 'UTF8')), 'hex'), 1, 32)::uuid"


@dataclass(frozen=True)
class Statements:
    """What a publication does to one landing table."""

    landing: Landing
    origin: int
    load: int

    @property
    def relation(self) -> str:
        """The name under which the registry sees the landing table."""
        return f"handover_{self.load}_{self.landing.view.name}"

    def keep_last_run(self, cursor: CursorWrapper) -> int:
        """A row read again after a stop replaces its earlier reading; how many were replaced."""
        replaced = 0
        cursor.execute(self.compose("SELECT min(run) < max(run) FROM {t}"))
        if cursor.fetchone()[0]:
            cursor.execute(self.compose(KEEP_LAST_RUN))
            replaced = cursor.rowcount
        cursor.execute(self.compose(DROP_OUTDATED))
        replaced += cursor.rowcount
        return int(replaced)

    def analyse(self, cursor: CursorWrapper) -> None:
        """Tell the planner how many rows there are."""
        bulk.tell_size(cursor, self.landing.table, KEY)

    def any_row(self, cursor: CursorWrapper) -> bool:
        cursor.execute(self.compose("SELECT EXISTS (SELECT FROM {t})"))
        return bool(cursor.fetchone()[0])

    @staticmethod
    def now(cursor: CursorWrapper) -> datetime:
        """The time by the database's clock."""
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found

    def compose(self, statement: str, **parts: sql.Composable) -> sql.Composed:
        """A statement with the names of this publication and further parts in place."""
        names = {"origin": sql.Literal(self.origin), "view": sql.Literal(self.landing.view.name)}
        return sql.SQL(statement).format(
            same_key=sql.SQL(SAME_KEY).format(**names),
            t=self.landing.table,
            bad=self.landing.bad,
            columns=self.landing.columns,
            refused=sql.Identifier(f"{self.relation}_refused"),
            raw_hash=sql.SQL(RAW_HASH),
            raw_hash_t=sql.SQL(RAW_HASH.replace("(raw,", "(t.raw,")),
            load=sql.Literal(self.load),
            **names,
            **parts,
        )
