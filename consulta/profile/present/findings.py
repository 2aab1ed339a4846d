"""The findings of the quality rules about a person, in words."""

from typing import Any, Final

from django.utils import timezone

from consulta.wording import chips, named
from registry.models import FindingStatus, Severity
from registry.selectors.people.findings import Findings, FindingSeen
from registry.selectors.people.subject import Subject
from senappen.lib.wording import day, moment, tag

TONES: Final = {Severity.HIGH: "danger", Severity.MEDIUM: "warn", Severity.LOW: "neutral"}


def findings_card(found: Findings, subject: Subject) -> dict[str, Any]:
    """What `_findings.html` prints."""
    checked = min((row.checked_at for row in found.rows), default=None)
    return {
        "rows": [_row(row) for row in found.rows],
        "checked": moment(timezone.localtime(checked)) if checked else "",
        "waiting": found.waiting,
    }


def _row(row: FindingSeen) -> dict[str, Any]:
    treated = row.status == FindingStatus.ACKNOWLEDGED
    return {
        "severity": tag(row.severity.label, TONES[row.severity]),
        "status": tag(row.status.label, "info") if treated else None,
        "title": row.title,
        "told": row.told,
        "explanation": row.explanation,
        "sources": chips(row.sources),
        "since": day(timezone.localtime(row.opened_at)),
        "others": [named(person) for person in row.others],
        "more": row.more,
    }
