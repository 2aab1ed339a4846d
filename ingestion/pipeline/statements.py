"""The SQL of a publication. Names are quoted by psycopg; nothing a state sends becomes SQL text."""

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract.types import KEY, STATUS
from ingestion.models import RejectionStatus
from ingestion.pipeline.landing import Landing
from ingestion.reasons import Reason, ReasonCode
from registry.services import bulk

KEEP_LAST_RUN = "DELETE FROM {t} t USING {t} later WHERE later.id_origem = t.id_origem AND later.run > t.run"
# What was read again and found bad.
DROP_OUTDATED = "DELETE FROM {t} t USING {bad} later WHERE later.id_origem = t.id_origem AND later.run > t.run"
# More than once in one reading, were it once as a bad row; or the same row that was given so before.
REPEATED = """
SELECT id_origem FROM {t} GROUP BY id_origem HAVING count(*) > 1
UNION SELECT id_origem FROM {t} t JOIN {bad} b USING (id_origem, run)
UNION SELECT id_origem FROM {t} t JOIN ingestion_rejection j
    ON j.origin_id = {origin} AND j.view = {view} AND j.origin_key = t.id_origem AND j.status = 'open'
    AND j.reasons @> {repeated_key} AND j.origin_updated_at = t.dt_atualizacao AND j.raw_hash = {raw_hash_t}
"""
# A newer version that is bad takes the place of older ones that stand.
SUPERSEDE = """
UPDATE ingestion_rejection j SET settled_at = now(), status = 'superseded'
WHERE j.origin_id = {origin} AND j.view = {view} AND j.status IN ('open', 'waiting', 'refused') AND j.load <> {load}
    AND j.origin_key IN (SELECT id_origem FROM {bad})
    AND NOT EXISTS (SELECT FROM {bad} b WHERE b.id_origem = j.origin_key AND b.raw_hash = j.raw_hash)
"""
# Rows of the landing table ({which}) that go to quarantine instead.
PUT_ASIDE = """
WITH gone AS (DELETE FROM {t} t {which} RETURNING t.*), kept AS (
    INSERT INTO ingestion_rejection
        (origin_id, view, origin_key, raw, raw_hash, mapping_id, origin_updated_at, reasons, status, load, created_at)
    SELECT {origin}, {view}, id_origem, raw, {raw_hash}, mapping_id, dt_atualizacao, {reason}::jsonb, {status}, {load},
        now()
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
# A row that was gone is back, however little it changed. The date is compared for rows kept without it.
DROP_UNCHANGED = """
DELETE FROM {t} t USING ingestion_rawrecord m WHERE {same_key} AND m.content_hash = t.hash AND m.presence <> 'G'
    AND m.origin_updated_at IS NOT DISTINCT FROM t.dt_atualizacao
"""
# A row that waits already with this content stays as it is: another rule may write it otherwise.
QUARANTINE_ORPHANS = """
INSERT INTO ingestion_rejection
    (origin_id, view, origin_key, raw, raw_hash, mapping_id, mapped, content_hash, origin_updated_at, reasons, status,
    load, created_at)
SELECT {origin}, {view}, t.id_origem, t.raw, {raw_hash}, t.mapping_id, ARRAY[{texts}], t.hash, t.dt_atualizacao,
    jsonb_build_array(jsonb_build_object('code', {code}::text, 'field', field, 'message', field || {sentence})),
    'waiting', {load}, now()
FROM {t} t JOIN {refused} r USING (id_origem) CROSS JOIN LATERAL (SELECT split_part(r.reason, ':', 2)) f(field)
WHERE NOT EXISTS (
    SELECT FROM ingestion_rejection j WHERE j.origin_id = {origin} AND j.view = {view} AND j.origin_key = t.id_origem
        AND j.status = 'waiting' AND j.content_hash = t.hash)
ON CONFLICT DO NOTHING
"""
# A row that goes on settles what stood under its key; one that goes on waiting settles only other versions.
SETTLE = """
UPDATE ingestion_rejection j SET settled_at = now(),
    status = CASE WHEN j.content_hash = t.hash THEN 'reprocessed' ELSE 'superseded' END
FROM {t} t LEFT JOIN {refused} r USING (id_origem)
WHERE j.origin_id = {origin} AND j.view = {view} AND j.origin_key = t.id_origem
    AND j.status IN ('open', 'waiting', 'refused') AND (r.id_origem IS NULL OR j.content_hash IS DISTINCT FROM t.hash)
"""
MIRROR = """
{keep} INSERT INTO ingestion_rawrecord (origin_id, view, origin_key, content_hash, raw, mapping_id, load, changed_at,
    origin_updated_at, presence)
SELECT {origin}, {view}, t.id_origem, t.hash, t.raw, t.mapping_id, {load}, statement_timestamp(),
    t.dt_atualizacao, {presence}
FROM {t} t WHERE {taken} {replace}
"""
# Nothing is compared where nothing was refused.
TAKEN = "NOT EXISTS (SELECT FROM {refused} r WHERE r.id_origem = t.id_origem)"
REPLACE = """
ON CONFLICT (origin_id, view, origin_key) DO UPDATE SET content_hash = excluded.content_hash, raw = excluded.raw,
    mapping_id = excluded.mapping_id, load = excluded.load, changed_at = excluded.changed_at,
    origin_updated_at = excluded.origin_updated_at, presence = excluded.presence
"""
# The versions that these rows replace, as they were when the statement began.
KEEP_REPLACED = """
WITH kept AS (
    {keep_version} FROM ingestion_rawrecord m JOIN {t} t ON {same_key} WHERE {taken}
)
"""
KEEP_VERSION = """
INSERT INTO ingestion_previousversion (origin_id, view, origin_key, content_hash, raw, mapping_id, load,
    replaced_by_load, origin_updated_at, presence, valid_from, valid_to, replaced_because)
SELECT m.origin_id, m.view, m.origin_key, m.content_hash, m.raw, m.mapping_id, m.load,
    {load}, m.origin_updated_at, m.presence, m.changed_at, statement_timestamp(), {because}
"""
BECAUSE = """
CASE WHEN t.st_registro = 'E' THEN CASE m.presence WHEN 'P' THEN 'removed' ELSE 'updated' END
    WHEN m.presence = 'P' THEN 'updated' ELSE 'back' END
"""
PRESENCE = "CASE t.st_registro WHEN 'E' THEN 'E' ELSE 'P' END"
SAME_KEY = "m.origin_id = {origin} AND m.view = {view} AND m.origin_key = t.id_origem"
# What would be removed: the state has excluded it since the mirror last saw it.
EXCLUDED_NOW = "USING ingestion_rawrecord m WHERE {same_key} AND m.presence = 'P' AND t.st_registro = 'E'"
COUNT_EXCLUDED = """
SELECT count(*) FROM {t} t JOIN ingestion_rawrecord m ON {same_key} WHERE m.presence = 'P' AND t.st_registro = 'E'
"""
DROP_REFUSED = """
DELETE FROM {t} t USING ingestion_rejection j WHERE j.origin_id = {origin} AND j.view = {view}
    AND j.origin_key = t.id_origem AND j.status = 'refused' AND j.raw_hash = {raw_hash_t}
"""
STANDING = """
SELECT count(*) FILTER (WHERE presence = 'P'), count(*) FILTER (WHERE presence <> 'P' AND load = {load})
FROM ingestion_rawrecord WHERE origin_id = {origin} AND view = {view}
"""
HAS_MIRROR = "SELECT EXISTS (SELECT FROM ingestion_rawrecord WHERE origin_id = {origin} AND view = {view})"
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
        cursor.execute(self.compose(SUPERSEDE))
        return int(replaced)

    def refuse_repeated(self, cursor: CursorWrapper) -> int:
        """Quarantine every row whose key the state gave more than once in one reading; how many they were."""
        code = orjson.dumps([{"code": ReasonCode.REPEATED_KEY}]).decode()
        repeated = self.compose(REPEATED, repeated_key=sql.SQL("{}::jsonb").format(sql.Literal(code)))
        cursor.execute(self.compose("SELECT EXISTS ({repeated})", repeated=repeated))
        if not cursor.fetchone()[0]:
            return 0
        which = self.compose("WHERE id_origem IN ({repeated})", repeated=repeated)
        return self._put_aside(cursor, which, Reason(ReasonCode.REPEATED_KEY, KEY), RejectionStatus.OPEN)

    def take_waiting(self, cursor: CursorWrapper) -> int:
        """Try again the rows whose parent was unknown, unless the state has sent a newer version; how many."""
        values = [
            sql.SQL("j.mapped[{}]::{}").format(sql.Literal(place), sql.SQL(column.sql_type))
            for place, column in enumerate(self.landing.view.columns, start=1)
        ]
        cursor.execute(self.compose(TAKE_WAITING, values=sql.SQL(", ").join(values)))
        return int(cursor.rowcount)

    def analyse(self, cursor: CursorWrapper) -> None:
        """Tell the planner how many rows there are."""
        bulk.tell_size(cursor, self.landing.table, KEY)

    def has_mirror(self, cursor: CursorWrapper) -> bool:
        """False at a first load, which has nothing to compare with."""
        cursor.execute(self.compose(HAS_MIRROR))
        return bool(cursor.fetchone()[0])

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

    def mirror(self, cursor: CursorWrapper, *, replacing: bool, refused: int) -> None:
        """Write the new and changed rows that the registry took and, with `replacing`, keep what they replace."""
        taken = self.compose(TAKEN) if refused else sql.SQL("true")
        keep: sql.Composable = sql.SQL("")
        replace = sql.SQL("")
        if replacing:
            keep = self.compose(KEEP_REPLACED, keep_version=self.keep_version(BECAUSE), taken=taken)
            replace = sql.SQL(REPLACE)
        cursor.execute(self.compose(MIRROR, keep=keep, taken=taken, replace=replace, presence=sql.SQL(PRESENCE)))

    def keep_version(self, because: str) -> sql.Composed:
        """The beginning of a statement that keeps versions of the mirror's rows `m`; why, as SQL."""
        return self.compose(KEEP_VERSION, because=sql.SQL(because))

    def count_excluded(self, cursor: CursorWrapper) -> int:
        """How many standing rows the state has excluded."""
        cursor.execute(self.compose(COUNT_EXCLUDED))
        return int(cursor.fetchone()[0])

    def refuse_excluded(self, cursor: CursorWrapper) -> int:
        """Put those rows aside, as a person asked; how many they were."""
        reason = Reason(ReasonCode.EXCLUSION_REFUSED, STATUS)
        return self._put_aside(cursor, self.compose(EXCLUDED_NOW), reason, RejectionStatus.REFUSED)

    def drop_refused(self, cursor: CursorWrapper) -> int:
        """Forget the exclusions that were refused earlier in this load; how many."""
        cursor.execute(self.compose(DROP_REFUSED))
        return int(cursor.rowcount)

    def standing(self, cursor: CursorWrapper) -> tuple[int, int]:
        """How many rows of the view stand in the mirror, and how many this load has already removed."""
        cursor.execute(self.compose(STANDING))
        standing, removed = cursor.fetchone()
        return standing, removed

    @staticmethod
    def now(cursor: CursorWrapper) -> datetime:
        """The time by the database's clock."""
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found

    def _put_aside(self, cursor: CursorWrapper, which: sql.Composable, reason: Reason, status: RejectionStatus) -> int:
        reasons = orjson.dumps([reason.as_json()]).decode()
        cursor.execute(
            self.compose(PUT_ASIDE, which=which, reason=sql.Literal(reasons), status=sql.Literal(status.value))
        )
        return int(cursor.fetchone()[0])

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
