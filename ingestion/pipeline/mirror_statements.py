"""The SQL of a publication about the mirror `m`: what the state has sent, row by row, and what that replaced."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.pipeline.statements import Statements
from registry.services import bulk

# A row that was gone is back, however little it changed. The date is compared for rows kept without it.
DROP_UNCHANGED = """
DELETE FROM {t} t USING ingestion_rawrecord m WHERE {same_key} AND m.content_hash = t.hash AND m.presence <> 'G'
    AND m.origin_updated_at IS NOT DISTINCT FROM t.dt_atualizacao
"""
MIRROR = """
{keep} INSERT INTO {into} (origin_id, view, origin_key, content_hash, raw, mapping_id, load, changed_at,
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
COUNT_EXCLUDED = """
SELECT count(*) FROM {t} t JOIN ingestion_rawrecord m ON {same_key} WHERE m.presence = 'P' AND t.st_registro = 'E'
"""
STANDING = """
SELECT count(*) FILTER (WHERE presence = 'P'), count(*) FILTER (WHERE presence <> 'P' AND load = {load})
FROM ingestion_rawrecord WHERE origin_id = {origin} AND view = {view}
"""
HAS_MIRROR = "SELECT EXISTS (SELECT FROM ingestion_rawrecord WHERE origin_id = {origin} AND view = {view})"


class MirrorStatements(Statements):
    """What a publication compares with the mirror and writes there."""

    def begun(self, cursor: CursorWrapper) -> bool:
        """False at a first load, which has nothing to compare with."""
        cursor.execute(self.compose(HAS_MIRROR))
        return bool(cursor.fetchone()[0])

    def drop_unchanged(self, cursor: CursorWrapper) -> int:
        """Forget the rows that are as the mirror has them; how many they were."""
        cursor.execute(self.compose(DROP_UNCHANGED))
        return int(cursor.rowcount)

    def write(self, cursor: CursorWrapper, *, replacing: bool, refused: int) -> None:
        """Write the new and changed rows that the registry took and, with `replacing`, keep what they replace."""
        taken = self.compose(TAKEN) if refused else sql.SQL("true")
        keep: sql.Composable = sql.SQL("")
        replace = sql.SQL("")
        if replacing:
            keep = self.compose(KEEP_REPLACED, keep_version=self.keep_version(BECAUSE), taken=taken)
            replace = sql.SQL(REPLACE)
        with self._filling(cursor) as into:
            parts = {"into": into, "keep": keep, "taken": taken, "replace": replace, "presence": sql.SQL(PRESENCE)}
            cursor.execute(self.compose(MIRROR, **parts))

    @contextmanager
    def _filling(self, cursor: CursorWrapper) -> Iterator[sql.Identifier]:
        """The table to write to: the mirror or, for a view's first rows, what becomes its partition once filled.

        That has no index before it is attached, on leaving: grown row by row, the key cost twice as much as the rows.
        """
        part: list[int | str] = [self.origin, self.landing.view.name]
        (name,) = bulk.first(cursor, "SELECT ingestion_start_view(%s, %s)", part)
        yield sql.Identifier(name or "ingestion_rawrecord")
        if name:
            cursor.execute("SELECT ingestion_attach_view(%s, %s)", part)

    def keep_version(self, because: str) -> sql.Composed:
        """The beginning of a statement that keeps versions of the mirror's rows `m`; why, as SQL."""
        return self.compose(KEEP_VERSION, because=sql.SQL(because))

    def count_excluded(self, cursor: CursorWrapper) -> int:
        """How many standing rows the state has excluded."""
        cursor.execute(self.compose(COUNT_EXCLUDED))
        return int(cursor.fetchone()[0])

    def standing(self, cursor: CursorWrapper) -> tuple[int, int]:
        """How many rows of the view stand in the mirror, and how many this load has already removed."""
        cursor.execute(self.compose(STANDING))
        standing, removed = cursor.fetchone()
        return standing, removed
