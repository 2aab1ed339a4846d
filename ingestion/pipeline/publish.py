"""Publish: a landed view into the mirror and the registry, in one transaction of set-based statements.

Rows that waited for their parent join the landing table with `run` 0.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ingestion.contract import VIEWS
from ingestion.contract.types import UPDATED, View
from ingestion.mapping.compiling import compile_view
from ingestion.mapping.schema import Mapping
from ingestion.models import LoadKind, LoadView, RemovalAnswer, ViewCursor, ViewState
from ingestion.pipeline import unmapped
from ingestion.pipeline.landing import Landing
from ingestion.pipeline.mirror_statements import MirrorStatements
from ingestion.pipeline.quarantine_statements import QuarantineStatements
from ingestion.pipeline.removals import may_remove
from ingestion.pipeline.work import Work
from ingestion.transports.position import Position
from registry.contracts import Handover, Received
from registry.services import intake


@dataclass
class Publication:
    """One extracted view on its way to the registry."""

    work: Work
    progress: LoadView
    mapping: Mapping

    def run(self) -> None:
        """Publish and drop the landing table. Raises LostLoad, and AnswerNeeded before anything is written."""
        with self.work.transaction() as cursor:
            replacing = self.mirror.begun(cursor)
            self._sift(cursor, replacing=replacing)
            if replacing:
                self._refuse_removals(cursor)
            if self.mirror.any_row(cursor):
                self._hand_over(cursor, replacing=replacing)
            # What was refused is read again by the next load, which asks again if the state still says so.
            if not self.progress.exclusions_refused:
                self._move_cursor()
            self._close(self.mirror.now(cursor))
            self.landing.drop(cursor)

    @property
    def view(self) -> View:
        return VIEWS[self.progress.view]

    @property
    def landing(self) -> Landing:
        return Landing(self.progress.load_id, self.view)

    @property
    def mirror(self) -> MirrorStatements:
        return MirrorStatements(self.landing, self.work.source.origin_id, self.work.load.pk)

    @property
    def quarantine(self) -> QuarantineStatements:
        return QuarantineStatements(self.landing, self.work.source.origin_id, self.work.load.pk)

    def _sift(self, cursor: CursorWrapper, *, replacing: bool) -> None:
        """Leave in the landing table only what is new or changed, once."""
        progress, mirror, quarantine = self.progress, self.mirror, self.quarantine
        progress.repeated_count += mirror.keep_last_run(cursor)
        quarantine.supersede(cursor)
        progress.rejected_count += quarantine.refuse_repeated(cursor)
        progress.retried_count += quarantine.take_waiting(cursor)
        mirror.analyse(cursor)
        if replacing:
            progress.unchanged_count += mirror.drop_unchanged(cursor)

    def _refuse_removals(self, cursor: CursorWrapper) -> None:
        """Put logical deletions aside where a person refused them."""
        progress, mirror = self.progress, self.mirror
        if progress.exclusions_refused:
            progress.repeated_count += self.quarantine.drop_refused(cursor)
        if not may_remove(progress, mirror.count_excluded(cursor), lambda: mirror.standing(cursor)):
            progress.refused_count += self.quarantine.refuse_excluded(cursor)
            progress.exclusions_refused = True

    def _close(self, now: datetime) -> None:
        """The view is done, or its keys are next."""
        progress = self.progress
        if self.work.load.kind == LoadKind.RECONCILIATION and progress.reading == 1:
            progress.state = ViewState.LISTING
            # What was said of the rows says nothing of the keys.
            progress.answer = "" if progress.answer == RemovalAnswer.REFUSED else progress.answer
        else:
            progress.state, progress.finished_at = ViewState.PUBLISHED, now
        progress.save()

    def _hand_over(self, cursor: CursorWrapper, *, replacing: bool) -> None:
        received = self._receive(cursor)
        if received.refused:
            self.quarantine.keep_orphans(cursor)
        self.quarantine.settle(cursor)
        self.mirror.write(cursor, replacing=replacing, refused=received.refused)
        known = compile_view(self.mapping, self.view.name).known_codes
        unmapped.count(cursor, self.mirror, known)
        progress = self.progress
        progress.new_count += received.inserted
        progress.changed_count += received.updated
        progress.removed_count += received.removed
        progress.waiting_count += received.refused

    def _receive(self, cursor: CursorWrapper) -> Received:
        """The registry reads the landing table itself, through a view of the contract's columns: nothing is copied."""
        relation, landing = self.mirror.relation, self.landing
        name = sql.Identifier(relation)
        cursor.execute(sql.SQL("CREATE TEMP VIEW {} AS SELECT {} FROM {}").format(name, landing.columns, landing.table))
        source, load = self.work.source, self.work.load
        handover = Handover(view=self.view.name, origin=source.origin, load=load.pk, relation=relation)
        received = intake.receive(handover, by=self.work.actor)
        cursor.execute(sql.SQL("DROP VIEW {}").format(name))
        return received

    def _move_cursor(self) -> None:
        """The watermark follows what was read, never past the moment the reading began."""
        progress = self.progress
        position = Position.from_json(progress.position)
        if position is None or progress.started_at is None:
            return
        field = self.mapping.views[self.view.name].fields[UPDATED]
        reached = position.at_most(progress.started_at, self.mapping, field).as_json()
        ViewCursor.objects.update_or_create(
            origin=self.work.source.origin,
            view=self.view.name,
            defaults={"position": reached, "load": self.work.load},
        )
