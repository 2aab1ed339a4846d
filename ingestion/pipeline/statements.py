"""The SQL of a publication. Names are quoted by psycopg; nothing a state sends becomes SQL text."""

from dataclasses import dataclass

import orjson
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.pipeline.landing import Landing
from ingestion.reasons import Reason, ReasonCode

KEEP_LAST_RUN = "DELETE FROM {t} t USING {t} later WHERE later.id_origem = t.id_origem AND later.run > t.run"
REPEATED = "SELECT id_origem FROM {t} GROUP BY id_origem HAVING count(*) > 1"
REFUSE_REPEATED = """
WITH gone AS (DELETE FROM {t} WHERE id_origem IN ({repeated}) RETURNING *), kept AS (
    INSERT INTO ingestion_rejection
        (origin_id, view, origin_key, raw, raw_hash, mapping_id, reasons, status, load, created_at)
    SELECT {origin}, {view}, id_origem, raw, {raw_hash}, mapping_id, {reason}::jsonb, 'open', {load}, now()
    FROM gone ON CONFLICT DO NOTHING
)
SELECT count(*) FROM gone
"""
TAKE_WAITING = """
INSERT INTO {t} (run, mapping_id, hash, raw, {columns})
SELECT DISTINCT ON (j.origin_key) 0, j.mapping_id, j.content_hash, j.raw, {values} FROM ingestion_rejection j
WHERE j.origin_id = {origin} AND j.view = {view} AND j.status = 'waiting'
    AND NOT EXISTS (SELECT FROM {t} t WHERE t.id_origem = j.origin_key)
ORDER BY j.origin_key, j.id DESC
"""
DROP_UNCHANGED = """
DELETE FROM {t} t USING ingestion_rawrecord m
WHERE m.origin_id = {origin} AND m.view = {view} AND m.origin_key = t.id_origem AND m.content_hash = t.hash
"""
QUARANTINE_ORPHANS = """
INSERT INTO ingestion_rejection
    (origin_id, view, origin_key, raw, raw_hash, mapping_id, mapped, content_hash, reasons, status, load, created_at)
SELECT {origin}, {view}, t.id_origem, t.raw, {raw_hash}, t.mapping_id, ARRAY[{texts}], t.hash,
    jsonb_build_array(jsonb_build_object('code', {code}::text, 'field', field, 'message', field || {sentence})),
    'waiting', {load}, now()
FROM {t} t JOIN {refused} r USING (id_origem) CROSS JOIN LATERAL (SELECT split_part(r.reason, ':', 2)) f(field)
ON CONFLICT DO NOTHING
"""
# A row that goes on settles what stood under its key; one that goes on waiting settles only other versions.
SETTLE = """
UPDATE ingestion_rejection j SET settled_at = now(),
    status = CASE WHEN j.content_hash = t.hash THEN 'reprocessed' ELSE 'superseded' END
FROM {t} t LEFT JOIN {refused} r USING (id_origem)
WHERE j.origin_id = {origin} AND j.view = {view} AND j.origin_key = t.id_origem AND j.status IN ('open', 'waiting')
    AND (r.id_origem IS NULL OR j.content_hash IS DISTINCT FROM t.hash)
"""
MIRROR = """
INSERT INTO ingestion_rawrecord (origin_id, view, origin_key, content_hash, raw, mapping_id, load, changed_at)
SELECT {origin}, {view}, t.id_origem, t.hash, t.raw, t.mapping_id, {load}, now() FROM {t} t
WHERE NOT EXISTS (SELECT FROM {refused} r WHERE r.id_origem = t.id_origem)
ON CONFLICT (origin_id, view, origin_key) DO UPDATE SET content_hash = excluded.content_hash, raw = excluded.raw,
    mapping_id = excluded.mapping_id, load = excluded.load, changed_at = excluded.changed_at
"""
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

    def keep_last_run(self, cursor: CursorWrapper) -> None:
        """A row read again after a stop replaces its earlier reading."""
        cursor.execute(self.compose("SELECT min(run) < max(run) FROM {t}"))
        if cursor.fetchone()[0]:
            cursor.execute(self.compose(KEEP_LAST_RUN))

    def refuse_repeated(self, cursor: CursorWrapper) -> int:
        """Quarantine every row whose key the state gave more than once in one reading; how many they were."""
        cursor.execute(self.compose(f"SELECT EXISTS ({REPEATED})"))
        if not cursor.fetchone()[0]:
            return 0
        reason = orjson.dumps([Reason(ReasonCode.REPEATED_KEY, "id_origem").as_json()]).decode()
        cursor.execute(self.compose(REFUSE_REPEATED, repeated=self.compose(REPEATED), reason=sql.Literal(reason)))
        return int(cursor.fetchone()[0])

    def take_waiting(self, cursor: CursorWrapper) -> None:
        """Try again the rows whose parent was unknown, unless the state has sent a newer version."""
        values = [
            sql.SQL("j.mapped[{}]::{}").format(sql.Literal(place), sql.SQL(column.sql_type))
            for place, column in enumerate(self.landing.view.columns, start=1)
        ]
        cursor.execute(self.compose(TAKE_WAITING, values=sql.SQL(", ").join(values)))

    def analyse(self, cursor: CursorWrapper) -> None:
        """Tell the planner how many rows there are; a sample of every column would cost ten times as much."""
        cursor.execute(self.compose("ANALYZE {t} (id_origem)"))

    def drop_unchanged(self, cursor: CursorWrapper) -> int:
        """Forget the rows that are as the mirror has them; how many they were."""
        cursor.execute(self.compose(DROP_UNCHANGED))
        return int(cursor.rowcount)

    def any_row(self, cursor: CursorWrapper) -> bool:
        cursor.execute(self.compose("SELECT EXISTS (SELECT FROM {t})"))
        return bool(cursor.fetchone()[0])

    def quarantine_orphans(self, cursor: CursorWrapper) -> None:
        """Keep the rows that the registry refused for want of a parent."""
        sentence = Reason(ReasonCode.UNKNOWN_PARENT, "").message
        texts = sql.SQL(", ").join(
            sql.SQL("t.{}::text").format(sql.Identifier(column.name)) for column in self.landing.view.columns
        )
        cursor.execute(
            self.compose(
                QUARANTINE_ORPHANS,
                texts=texts,
                code=sql.Literal(ReasonCode.UNKNOWN_PARENT.value),
                sentence=sql.Literal(sentence),
            )
        )

    def settle_quarantine(self, cursor: CursorWrapper) -> None:
        """Close the rejections that these rows answer."""
        cursor.execute(self.compose(SETTLE))

    def mirror(self, cursor: CursorWrapper) -> None:
        """Write the new and changed rows that the registry took."""
        cursor.execute(self.compose(MIRROR))

    def compose(self, statement: str, **parts: sql.Composable) -> sql.Composed:
        """A statement with the names of this publication and further parts in place."""
        return sql.SQL(statement).format(
            t=self.landing.table,
            columns=self.landing.columns,
            refused=sql.Identifier(f"{self.relation}_refused"),
            raw_hash=sql.SQL(RAW_HASH),
            origin=sql.Literal(self.origin),
            view=sql.Literal(self.landing.view.name),
            load=sql.Literal(self.load),
            **parts,
        )
