"""Reconcile: every key of a view at the state against the mirror, after the view was read and published.

The order keeps rows safe. Whatever is in the mirror was read before the listing begins, so a key the listing has not is
one that the state deleted; and what the comparison finds missed is read again only after the removals were settled,
so that a row born meanwhile is never taken for deleted. A listing is one reading or none: after a stop, or an answer
that took its time, the keys are listed anew.
"""

import json
from contextlib import closing
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from ingestion.contract import VIEWS
from ingestion.contract.types import View
from ingestion.mapping.compiling import compile_view
from ingestion.mapping.schema import Mapping
from ingestion.models import LoadView, RemovalAnswer, ViewState
from ingestion.pipeline.keys import KeyLanding
from ingestion.pipeline.landing import Landing
from ingestion.pipeline.mirror_statements import MirrorStatements
from ingestion.pipeline.reconcile_statements import KeyStatements
from ingestion.pipeline.removals import may_remove
from ingestion.pipeline.work import Work
from ingestion.problems import SourceProblem
from ingestion.transports.base import Connection
from registry.services import bulk, intake

BATCH_KEYS = 10_000
EMPTIED = "O banco nacional perdeu a lista de chaves em preparo (queda do servidor); ela será lida de novo."


@dataclass
class Reconciliation:
    """One published view of a load whose keys are compared."""

    work: Work
    progress: LoadView
    mapping: Mapping
    in_order: bool = True

    def run(self, connection: Connection) -> None:
        """List the keys and settle what they tell; the view is then published, or to be read again from the oldest
        missed row. Raises LostLoad, SourceProblem, and AnswerNeeded before anything is removed.
        """
        with self.work.transaction() as cursor:
            self.keys.recreate(cursor)
            self.progress.state, self.progress.key_count = ViewState.LISTING, 0
            self.progress.save(update_fields=["state", "key_count"])
        self._list(connection, turn=1)
        if not connection.steady and self._any_suspect():
            self._list(connection, turn=2)
        self._settle()

    @property
    def view(self) -> View:
        return VIEWS[self.progress.view]

    @property
    def keys(self) -> KeyLanding:
        return KeyLanding(self.progress.load_id, self.view)

    @property
    def statements(self) -> KeyStatements:
        landing = Landing(self.progress.load_id, self.view)
        publication = MirrorStatements(landing, self.work.source.origin_id, self.work.load.pk)
        return KeyStatements(publication, self.keys)

    def _list(self, connection: Connection, turn: int) -> None:
        reader = compile_view(self.mapping, self.view.name)
        with closing(connection.keys(self.mapping, self.view.name, BATCH_KEYS)) as batches:
            for number, batch in enumerate(batches):
                with self.work.transaction() as cursor:
                    if batch.begins:
                        self.keys.empty(cursor, turn)
                        listed = 0
                    self.keys.add(cursor, reader, batch, turn, number)
                    listed += len(batch.rows)
                    self.in_order = self.in_order and batch.in_order
                    if turn == 1:
                        self.progress.key_count = listed
                        self.progress.save(update_fields=["key_count"])

    def _any_suspect(self) -> bool:
        with self.work.transaction() as cursor:
            self.keys.analyse(cursor)
            return self.statements.any_absent(cursor)

    def _settle(self) -> None:
        progress, statements = self.progress, self.statements
        with self.work.transaction() as cursor:
            # An unlogged table is empty after a crash: nobody may take that for a state without rows.
            if self.keys.count(cursor) != progress.key_count:
                raise SourceProblem(EMPTIED)
            self.keys.analyse(cursor)
            self._remove_absent(cursor, statements)
            statements.settle_answered(cursor)
            progress.missed_count, place = statements.missed(cursor, in_order=self.in_order)
            if progress.missed_count:
                self._read_again(place)
            else:
                progress.state = ViewState.PUBLISHED
                progress.finished_at = statements.publication.now(cursor)
            progress.save()
            self.keys.drop(cursor)

    def _remove_absent(self, cursor: CursorWrapper, statements: KeyStatements) -> None:
        bulk.temporary(cursor, statements.absent, "id_origem text, standing boolean")
        absent, standing = statements.find_absent(cursor)
        bulk.analyse(cursor, statements.absent)
        allowed = may_remove(self.progress, standing, lambda: statements.publication.standing(cursor))
        statements.settle_gone(cursor, with_mirror=allowed)
        if not allowed:
            self.progress.refused_count += statements.refuse_absent(cursor)
            return
        if absent:
            intake.remove(self.view.name, self.work.source.origin, statements.absent, self.work.load.pk)
            statements.mark_gone(cursor)
        self.progress.absent_count = absent

    def _read_again(self, place: str | None) -> None:
        """From just before the oldest missed row, or from the beginning; what was counted so far stays counted."""
        progress = self.progress
        progress.reading, progress.state = 2, ViewState.PENDING
        progress.position, progress.read_again_from = None, json.loads(place) if place else None
        progress.read_before, progress.landed_before = progress.read_count, progress.landed_count
        progress.rejected_before = progress.rejected_count
        if progress.answer == RemovalAnswer.REFUSED:
            progress.answer = ""
