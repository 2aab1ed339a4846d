"""The SQL of a reconciliation: `k` the keys landing table, `m` the mirror, `j` the quarantine, `t` what is absent."""

from dataclasses import dataclass

import orjson
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract.types import KEY
from ingestion.models import RejectionStatus
from ingestion.pipeline.keys import KeyLanding
from ingestion.pipeline.mirror_statements import MirrorStatements
from ingestion.reasons import Reason, ReasonCode

ABSENT = """
SELECT m.origin_key, m.presence = 'P' AS standing FROM ingestion_rawrecord m
WHERE m.origin_id = {origin} AND m.view = {view} AND m.presence <> 'G'
    AND NOT EXISTS (SELECT FROM {keys} k WHERE k.id_origem = m.origin_key)
"""
FIND_ABSENT = "INSERT INTO {absent} {query}"
COUNT_ABSENT = "SELECT count(*), count(*) FILTER (WHERE standing) FROM {absent}"
MARK_GONE = """
WITH kept AS ({keep_version} FROM ingestion_rawrecord m JOIN {absent} t ON {same_key})
UPDATE ingestion_rawrecord m SET presence = 'G', load = {load}, changed_at = statement_timestamp()
FROM {absent} t WHERE {same_key}
"""
REFUSE_ABSENT = """
INSERT INTO ingestion_rejection
    (origin_id, view, origin_key, raw, raw_hash, mapping_id, origin_updated_at, reasons, status, load, created_at)
SELECT {origin}, {view}, m.origin_key, raw, {raw_hash}, m.mapping_id, m.origin_updated_at, {reason}::jsonb, {status},
    {load}, now()
FROM ingestion_rawrecord m JOIN {absent} t ON {same_key} WHERE t.standing
ON CONFLICT DO NOTHING
"""
STANDS = "j.origin_id = {origin} AND j.view = {view} AND j.status IN ('open', 'waiting', 'refused')"
# The state has nothing any more under the key of a rejected row.
SETTLE_GONE = """
UPDATE ingestion_rejection j SET settled_at = now(), status = 'gone'
WHERE {stands} AND NOT EXISTS (SELECT FROM {keys} k WHERE k.id_origem = j.origin_key) {unless}
"""
UNLESS_ABSENT = "AND NOT EXISTS (SELECT FROM {absent} t WHERE t.id_origem = j.origin_key)"
# The row is there after all, or a repeated key is there once.
SETTLE_BACK = """
UPDATE ingestion_rejection j SET settled_at = now(), status = 'superseded'
WHERE {stands} AND (
    j.reasons @> {absence} AND EXISTS (SELECT FROM {keys} k WHERE k.id_origem = j.origin_key)
    OR j.reasons @> {repeated} AND 1 = (SELECT count(*) FROM {keys} k WHERE k.turn = 1 AND k.id_origem = j.origin_key)
)
"""
# The version that was rejected is no longer there, and what is there we hold.
SETTLE_SUPERSEDED = """
UPDATE ingestion_rejection j SET settled_at = now(), status = 'superseded'
WHERE {stands} AND NOT EXISTS (
        SELECT FROM {keys} k
        WHERE k.id_origem = j.origin_key AND k.dt_atualizacao IS NOT DISTINCT FROM j.origin_updated_at
    ) AND EXISTS (
        SELECT FROM {keys} k JOIN ingestion_rawrecord m
            ON m.origin_id = {origin} AND m.view = {view} AND m.origin_key = k.id_origem
        WHERE k.id_origem = j.origin_key AND m.presence <> 'G' AND m.origin_updated_at = k.dt_atualizacao
    )
"""
# Known: as the mirror has it, or standing in quarantine with the same date. A key given twice must stand there as
# such; a photograph that was missing may have appeared without a new date.
MISSED = """
WITH missed AS (
    SELECT k.batch, k.dt_atualizacao FROM {keys} k WHERE k.turn = 1 AND NOT EXISTS (
        SELECT FROM ingestion_rawrecord m
        WHERE m.origin_id = {origin} AND m.view = {view} AND m.origin_key = k.id_origem
            AND m.presence <> 'G' AND m.origin_updated_at = k.dt_atualizacao
    ) AND NOT EXISTS (
        SELECT FROM ingestion_rejection j
        WHERE {stands} AND j.origin_key = k.id_origem AND j.origin_updated_at IS NOT DISTINCT FROM k.dt_atualizacao
    )
    UNION ALL
    SELECT k.batch, k.dt_atualizacao FROM {keys} k JOIN ingestion_rejection j ON j.origin_key = k.id_origem
    WHERE k.turn = 1 AND {stands} AND j.reasons @> {photo}
    UNION ALL
    SELECT k.batch, k.dt_atualizacao FROM {keys} k JOIN (
        SELECT id_origem FROM {keys} WHERE turn = 1 GROUP BY id_origem HAVING count(*) > 1
    ) twice USING (id_origem)
    WHERE k.turn = 1 AND NOT EXISTS (
        SELECT FROM ingestion_rejection j
        WHERE {stands} AND j.origin_key = k.id_origem AND j.reasons @> {repeated}
    )
)
SELECT count(*), (
    SELECT k.before FROM {keys} k WHERE k.turn = 1 AND k.before IS NOT NULL
        AND k.batch = (SELECT batch FROM missed ORDER BY {oldest} LIMIT 1)
) FROM missed
"""


@dataclass(frozen=True)
class KeyStatements:
    """What a reconciliation does with one keys landing table."""

    publication: MirrorStatements
    keys: KeyLanding

    @property
    def absent(self) -> str:
        """The temporary table of the keys that the mirror has and the state has not."""
        return f"absent_{self.publication.load}_{self.keys.view.name}"

    def any_absent(self, cursor: CursorWrapper) -> bool:
        cursor.execute(self._compose(f"SELECT EXISTS ({ABSENT})"))
        return bool(cursor.fetchone()[0])

    def find_absent(self, cursor: CursorWrapper) -> tuple[int, int]:
        """Fill the temporary table; how many there are, and how many of them were standing."""
        cursor.execute(self._compose(FIND_ABSENT, query=self._compose(ABSENT)))
        cursor.execute(self._compose(COUNT_ABSENT))
        absent, standing = cursor.fetchone()
        return absent, standing

    def mark_gone(self, cursor: CursorWrapper) -> None:
        """The mirror's rows are gone from the state; what they were is kept."""
        cursor.execute(self._compose(MARK_GONE, keep_version=self.publication.keep_version("'removed'")))

    def refuse_absent(self, cursor: CursorWrapper) -> int:
        """Show the standing rows whose removal a person refused; how many became so now."""
        reason = self._reasons(Reason(ReasonCode.ABSENCE_REFUSED, KEY).as_json())
        cursor.execute(self._compose(REFUSE_ABSENT, reason=reason, status=sql.Literal(RejectionStatus.REFUSED.value)))
        return int(cursor.rowcount)

    def settle_gone(self, cursor: CursorWrapper, *, with_mirror: bool) -> None:
        """Close rejections whose key is gone; without `with_mirror` only those of rows never in the mirror."""
        unless = sql.SQL("") if with_mirror else self._compose(UNLESS_ABSENT)
        cursor.execute(self._compose(SETTLE_GONE, unless=unless))

    def settle_answered(self, cursor: CursorWrapper) -> None:
        """Close rejections that the listing answers."""
        absence = self._reasons({"code": ReasonCode.ABSENCE_REFUSED})
        cursor.execute(self._compose(SETTLE_BACK, absence=absence, repeated=self._repeated))
        cursor.execute(self._compose(SETTLE_SUPERSEDED))

    def missed(self, cursor: CursorWrapper, *, in_order: bool) -> tuple[int, str | None]:
        """How many keys of the state we do not hold as they are, and the position (JSON) they all come after."""
        photo = self._reasons({"code": ReasonCode.PHOTO_MISSING})
        oldest = sql.SQL("batch" if in_order else "dt_atualizacao NULLS FIRST")
        cursor.execute(self._compose(MISSED, photo=photo, repeated=self._repeated, oldest=oldest))
        count, before = cursor.fetchone()
        return count, before

    @property
    def _repeated(self) -> sql.Composable:
        return self._reasons({"code": ReasonCode.REPEATED_KEY})

    @staticmethod
    def _reasons(reason: dict[str, str]) -> sql.Composable:
        return sql.SQL("{}::jsonb").format(sql.Literal(orjson.dumps([reason]).decode()))

    def _compose(self, statement: str, **parts: sql.Composable) -> sql.Composed:
        return self.publication.compose(
            statement,
            keys=self.keys.table,
            absent=sql.Identifier(self.absent),
            stands=self.publication.compose(STANDS),
            **parts,
        )
