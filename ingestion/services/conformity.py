"""Checking a source against the contract, and keeping what was found."""

from django.conf import settings
from django.db import transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from ingestion.conformity import checker
from ingestion.conformity.report import Report
from ingestion.conformity.signing import Signer
from ingestion.models import ConformityReport, Source


def check(
    *, source: Source, by: Actor, rows: int = checker.ROWS, progress: checker.Progress = lambda _: None
) -> ConformityReport:
    """Read a sample of every view and keep the report, signed. Raises ValueError for a source without a mapping."""
    return _keep(source, checker.check(source, rows=rows, progress=progress), by)


def signer() -> Signer | None:
    """Who signs here; None where no key is set. Raises ValueError for a key that is none."""
    return Signer.from_text(settings.REPORT_KEY) if settings.REPORT_KEY else None


@transaction.atomic
def _keep(source: Source, report: Report, by: Actor) -> ConformityReport:
    given, signing = report.as_json(), signer()
    kept = ConformityReport.objects.create(
        source=source,
        checked_at=report.checked_at,
        checked_by=by.username,
        passed=report.passed,
        report=given,
        signature=signing.sign(given) if signing else None,
    )
    detail = {"source": source.pk, "origin": source.origin.code, "report": kept.pk, "passed": report.passed}
    recorder.record_with(Event(kind=Kind.SOURCE_CHECKED, actor=by, action="source.check", detail=detail))
    return kept
