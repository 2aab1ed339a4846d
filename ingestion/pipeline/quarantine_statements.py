"""The SQL of a publication about the quarantine `j`: rows put aside, tried again, and settled."""

import orjson
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract.types import KEY, STATUS
from ingestion.models import RejectionStatus
from ingestion.pipeline.statements import Statements
from ingestion.reasons import Reason, ReasonCode
from registry.services import bulk

# Whether a key was given more than once. To sort numbers takes a fifth of the time of grouping texts; where two keys
# happen to have one number, TWICE finds none.
ANY_TWICE = "SELECT count(DISTINCT hashtextextended(id_origem, 0)) < count(*) FROM {t}"
TWICE = "SELECT id_origem FROM {t} GROUP BY id_origem HAVING count(*) > 1"
# Once as a bad row.
ALSO_BAD = "SELECT id_origem FROM {t} t JOIN {bad} b USING (id_origem, run)"
# The same row that was given twice before.
TWICE_BEFORE = """
SELECT id_origem FROM {t} t JOIN ingestion_rejection j
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
# What would be removed: the state has excluded it since the mirror last saw it.
EXCLUDED_NOW = "USING ingestion_rawrecord m WHERE {same_key} AND m.presence = 'P' AND t.st_registro = 'E'"
DROP_REFUSED = """
DELETE FROM {t} t USING ingestion_rejection j WHERE j.origin_id = {origin} AND j.view = {view}
    AND j.origin_key = t.id_origem AND j.status = 'refused' AND j.raw_hash = {raw_hash_t}
"""


class QuarantineStatements(Statements):
    """What a publication does with rows that it cannot write, or could not before."""

    def supersede(self, cursor: CursorWrapper) -> None:
        """Settle what newer versions, found bad, take the place of."""
        cursor.execute(self.compose(SUPERSEDE))

    def refuse_repeated(self, cursor: CursorWrapper) -> int:
        """Quarantine every row whose key the state gave more than once in one reading; how many they were."""
        code = orjson.dumps([{"code": ReasonCode.REPEATED_KEY}]).decode()
        before = self.compose(TWICE_BEFORE, repeated_key=sql.SQL("{}::jsonb").format(sql.Literal(code)))
        bad = self.compose(ALSO_BAD)
        with bulk.whole_sets(cursor):
            asked = sql.SQL("SELECT ({}) OR EXISTS ({}) OR EXISTS ({})")
            (found,) = bulk.first(cursor, asked.format(self.compose(ANY_TWICE), bad, before))
        if not found:
            return 0
        which = sql.SQL("WHERE id_origem IN ({} UNION {} UNION {})").format(self.compose(TWICE), bad, before)
        return self._put_aside(cursor, which, Reason(ReasonCode.REPEATED_KEY, KEY), RejectionStatus.OPEN)

    def take_waiting(self, cursor: CursorWrapper) -> int:
        """Try again the rows whose parent was unknown, unless the state has sent a newer version; how many."""
        values = [
            sql.SQL("j.mapped[{}]::{}").format(sql.Literal(place), sql.SQL(column.sql_type))
            for place, column in enumerate(self.landing.view.columns, start=1)
        ]
        cursor.execute(self.compose(TAKE_WAITING, values=sql.SQL(", ").join(values)))
        return int(cursor.rowcount)

    def keep_orphans(self, cursor: CursorWrapper) -> None:
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

    def settle(self, cursor: CursorWrapper) -> None:
        """Close the rejections that these rows answer."""
        cursor.execute(self.compose(SETTLE))

    def refuse_excluded(self, cursor: CursorWrapper) -> int:
        """Put those rows aside, as a person asked; how many they were."""
        reason = Reason(ReasonCode.EXCLUSION_REFUSED, STATUS)
        return self._put_aside(cursor, self.compose(EXCLUDED_NOW), reason, RejectionStatus.REFUSED)

    def drop_refused(self, cursor: CursorWrapper) -> int:
        """Forget the exclusions that were refused earlier in this load; how many."""
        cursor.execute(self.compose(DROP_REFUSED))
        return int(cursor.rowcount)

    def _put_aside(self, cursor: CursorWrapper, which: sql.Composable, reason: Reason, status: RejectionStatus) -> int:
        reasons = orjson.dumps([reason.as_json()]).decode()
        cursor.execute(
            self.compose(PUT_ASIDE, which=which, reason=sql.Literal(reasons), status=sql.Literal(status.value))
        )
        return int(cursor.fetchone()[0])
