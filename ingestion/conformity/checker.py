"""The whole check of a source: every view sampled, every check asked, one report."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic

from sqlalchemy.exc import DBAPIError

from ingestion.conformity import probes, sample
from ingestion.conformity.checks import CHECKS
from ingestion.conformity.findings import Finding, Verdict
from ingestion.conformity.report import Report, ViewReport
from ingestion.conformity.sample import Sample
from ingestion.contract import VIEWS
from ingestion.contract.types import KEY, UPDATED
from ingestion.mapping.reading import read
from ingestion.mapping.schema import FieldMapping, Mapping
from ingestion.models import Source
from ingestion.photos import Photos
from ingestion.problems import SourceProblem
from ingestion.transports.base import Checkable, Connection, PhotoStore
from ingestion.transports.registry import transport_for

ROWS = 500
MOST_ROWS = 5_000
# Told after each view, so that whoever waits sees something.
Progress = Callable[[str], None]


def check(source: Source, *, rows: int = ROWS, progress: Progress = lambda _: None) -> Report:
    """The report of a source, which may be one that is not in the base. Raises ValueError without a mapping.

    A source that cannot be opened has a report that says why.
    """
    if source.mapping is None:
        raise ValueError("A fonte não tem mapeamento em uso; envie um antes de conferir.")
    mapping = read(source.mapping.text)
    report = Report(
        origin=mapping.origin,
        rule=source.rule,
        dialect=source.dialect,
        mapping=sha256(source.mapping.text.encode()).hexdigest(),
        rows=min(max(rows, 1), MOST_ROWS),
        checked_at=datetime.now(UTC),
    )
    report.findings.extend(_missing_views(mapping))
    try:
        with transport_for(source.rule)(source) as connection:
            _Check(connection, source, mapping, report, progress).run()
    except SourceProblem as problem:
        report.findings.append(Finding("reach", Verdict.WRONG, "a fonte não pôde ser lida", problem.cause))
    return report


def _missing_views(mapping: Mapping) -> Iterator[Finding]:
    for name, view in VIEWS.items():
        if name not in mapping.views:
            said = f"a visão ({view.description}) não está no mapeamento"
            yield Finding("view", Verdict.MISSING, said, "Crie-a a partir do modelo e mapeie-a.", name)


class _Check:
    """One check under way."""

    def __init__(
        self, connection: Connection, source: Source, mapping: Mapping, report: Report, progress: Progress
    ) -> None:
        self._connection, self._source, self._mapping = connection, source, mapping
        self._report, self._progress = report, progress
        fetch = connection.photo if isinstance(connection, PhotoStore) else None
        self._look = Photos(source.photo_folder, fetch).look

    def run(self) -> None:
        samples: dict[str, Sample] = {}
        if isinstance(self._connection, Checkable):
            self._connection.check()
        for name in (view for view in VIEWS if view in self._mapping.views):
            started = monotonic()
            taken = self._sample(name)
            if taken is not None:
                samples[name] = taken
                self._report.findings.extend(finding for check in CHECKS for finding in check(taken))
                self._report.views[name] = ViewReport.of(taken, monotonic() - started)
            self._progress(name)
        self._report.findings.extend(probes.orphans(self._connection, self._mapping, samples))
        try:
            found = list(probes.of_source(self._connection, self._source.dialect, self._mapping))
        except DBAPIError:
            found = [Finding("clock", Verdict.UNVERIFIED, "o banco não respondeu sobre o relógio e as permissões")]
        self._report.findings.extend(found)

    def _sample(self, name: str) -> Sample | None:
        """The sample, without the columns that the view lacks; None where nothing of it can be read."""
        try:
            return self._take(self._mapping, name)
        except SourceProblem as problem:
            if problem.passing:
                raise
            kept, lost = self._readable(name)
            if kept is None or not lost:
                self._report.findings.append(
                    Finding("view", Verdict.MISSING, "a visão não pôde ser lida", problem.cause, name)
                )
                return None
        taken = self._take(kept, name)
        taken.lost = lost
        return taken

    def _take(self, mapping: Mapping, name: str) -> Sample:
        now = datetime.now(UTC)
        return sample.take(self._connection, mapping, name, self._report.rows, self._look, now)

    def _readable(self, name: str) -> tuple[Mapping | None, dict[str, str]]:
        """The mapping with the fields of a view that can be read one by one, and the others with their causes."""
        given = self._mapping.views[name]
        place = {field: given.fields[field] for field in (KEY, UPDATED)}
        if self._cause(name, self._with(name, place)):
            return None, {}
        lost = {}
        for field, mapped in given.fields.items():
            if field not in place and (cause := self._cause(name, self._with(name, {**place, field: mapped}))):
                lost[field] = cause
        kept = {field: mapped for field, mapped in given.fields.items() if field not in lost}
        return self._with(name, kept), lost

    def _with(self, name: str, fields: dict[str, FieldMapping]) -> Mapping:
        view = self._mapping.views[name].model_copy(update={"fields": fields})
        return self._mapping.model_copy(update={"views": {**self._mapping.views, name: view}})

    def _cause(self, name: str, mapping: Mapping) -> str:
        """Why the first row of a view cannot be read; empty where it can."""
        try:
            with closing(self._connection.batches(mapping, name, None, 1)) as batches:
                next(batches, None)
        except SourceProblem as problem:
            return problem.cause
        return ""
