"""Extract: a state's view into its landing table, a batch a transaction."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import orjson
from django.db.backends.utils import CursorWrapper

from ingestion.contract import VIEWS
from ingestion.contract.types import UPDATED
from ingestion.mapping.compiling import compile_view
from ingestion.mapping.reading import read
from ingestion.mapping.schema import Mapping
from ingestion.models import LoadView, MappingVersion, ViewCursor, ViewState
from ingestion.photos import Photos
from ingestion.pipeline.ahead import ahead
from ingestion.pipeline.gathering import Gathered, gathered
from ingestion.pipeline.landing import Landing
from ingestion.pipeline.rows import Rejected, digest
from ingestion.pipeline.work import Work
from ingestion.problems import LostLoad
from ingestion.services import quarantine
from ingestion.transports.base import Connection, Interruptible, PhotoStore
from ingestion.transports.position import Position

BATCH_ROWS = 5_000
# Images come one row with the other; this many fit in memory whatever the batch.
BATCH_PHOTOS = 50
# Of those missing, so many are asked for again at each load where asking goes over the network.
RETRIED_PHOTOS = 500

QUARANTINE = """
INSERT INTO ingestion_rejection
    (origin_id, view, origin_key, raw, raw_hash, mapping_id, origin_updated_at, reasons, status, load, created_at)
SELECT %s, %s, key, raw, hash::uuid, %s, updated::timestamptz, reasons::jsonb, 'open', %s, now()
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) AS bad(key, updated, raw, hash, reasons)
ON CONFLICT DO NOTHING
"""
ADVANCE = """
UPDATE ingestion_loadview SET batch = batch + 1, position = %s, read_count = read_count + %s,
    landed_count = landed_count + %s, rejected_count = rejected_count + %s
WHERE id = %s AND batch = %s
"""


@dataclass
class Extraction:
    """One view of a load being read."""

    work: Work
    progress: LoadView
    version: MappingVersion
    mapping: Mapping

    def run(self, connection: Connection) -> None:
        """Read on from where the view stopped. Raises LostLoad and SourceProblem."""
        start = self._open()
        reader = compile_view(self.mapping, self.progress.view)
        store = self._photos(connection).store
        size = BATCH_PHOTOS if reader.view.photo else BATCH_ROWS
        batches = gathered(connection.batches(self.mapping, self.progress.view, start, size), reader, store, size)
        # Images are stored by way of the database, whose connection belongs to this thread.
        interrupt = connection.interrupt if isinstance(connection, Interruptible) else lambda: None
        with closing(batches if reader.view.photo else ahead(batches, interrupt)) as work:
            for rows in work:
                self._land(rows)
        with self.work.transaction():
            self.progress.state = ViewState.EXTRACTED
            self.progress.save(update_fields=["state"])

    def retry_photos(self, connection: Connection) -> None:
        """Look again for the photographs that were missing. Raises LostLoad and SourceProblem."""
        given = self.mapping.views[self.progress.view]
        remote = isinstance(connection, PhotoStore)
        # An API's reading asks for its images itself.
        named = ("path", "url") if remote else ("path",)
        if not any(field.photo in named for field in given.fields.values()):
            return
        most = RETRIED_PHOTOS if remote else None
        with self.work.transaction():
            quarantine.retry_photos(
                origin=self.work.source.origin,
                reader=compile_view(self.mapping, self.progress.view),
                store=self._photos(connection).store,
                most=most,
            )

    def _photos(self, connection: Connection) -> Photos:
        fetch = connection.photo if isinstance(connection, PhotoStore) else None
        return Photos(self.work.source.photo_folder, fetch)

    def complete(self) -> bool:
        """True when the view was read to its end by the mapping in use, and every row is still there."""
        with self.work.transaction() as cursor:
            return self.progress.state in (ViewState.EXTRACTED, ViewState.ASKING) and self._may_go_on(cursor)

    @cached_property
    def landing(self) -> Landing:
        return Landing(self.progress.load_id, VIEWS[self.progress.view])

    def _open(self) -> Position | None:
        """Prepare the landing table; where to read from."""
        progress = self.progress
        with self.work.transaction() as cursor:
            if not self._may_go_on(cursor):
                self.landing.recreate(cursor, self.version.pk)
                progress.batch, progress.read_count = 0, progress.read_before
                progress.landed_count, progress.rejected_count = progress.landed_before, progress.rejected_before
                progress.position, progress.mapping = None, self.version
            self.landing.start_run(cursor, self.work.epoch)
            progress.state = ViewState.EXTRACTING
            progress.started_at = progress.started_at or datetime.now(UTC)
            progress.save()
        if progress.position is None and progress.reading > 1:
            return Position.from_json(progress.read_again_from)
        return Position.from_json(progress.position) or self._watermark()

    def _may_go_on(self, cursor: CursorWrapper) -> bool:
        progress = self.progress
        if progress.state == ViewState.PENDING or progress.mapping_id != self.version.pk:
            return False
        good = progress.landed_count - progress.landed_before
        return self.landing.holds(cursor, good, progress.rejected_count - progress.rejected_before)

    def _watermark(self) -> Position | None:
        cursor = ViewCursor.objects.filter(origin=self.work.source.origin, view=self.progress.view).first()
        position = Position.from_json(cursor.position) if cursor else None
        field = self.mapping.views[self.progress.view].fields[UPDATED]
        return position.back(self.work.source.overlap, field) if position else None

    def _land(self, rows: Gathered) -> None:
        progress, prepared = self.progress, rows.prepared
        position = rows.position.as_json() if rows.position else None
        counts = (rows.count, prepared.accepted, len(prepared.rejected))
        with self.work.transaction() as cursor:
            cursor.execute(ADVANCE, (orjson.dumps(position).decode(), *counts, progress.pk, progress.batch))
            if cursor.rowcount != 1:
                raise LostLoad
            if prepared.payload:
                self.landing.copy(cursor, prepared.payload)
            if prepared.rejected:
                self._quarantine(cursor, prepared.rejected)
        progress.batch += 1
        progress.position = position
        progress.read_count += counts[0]
        progress.landed_count += counts[1]
        progress.rejected_count += counts[2]

    def _quarantine(self, cursor: CursorWrapper, rows: Sequence[Rejected]) -> None:
        work, hashes = self.work, [digest(row.raw) for row in rows]
        self.landing.note_bad(cursor, [row.key for row in rows], hashes)
        cursor.execute(
            QUARANTINE,
            (
                *(work.source.origin_id, self.progress.view, self.version.pk, work.load.pk),
                [row.key for row in rows],
                [row.updated for row in rows],
                [row.raw for row in rows],
                hashes,
                [orjson.dumps([reason.as_json() for reason in row.reasons]).decode() for row in rows],
            ),
        )


def open_view(work: Work, progress: LoadView) -> Extraction:
    """The extraction of a view by the mapping in use now. Raises MappingError."""
    version = work.source.mapping
    if version is None:
        raise TypeError("a source in use has a mapping")
    return Extraction(work, progress, version, read(version.text))
