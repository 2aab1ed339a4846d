"""What the quality rules found about a person, and has not been dismissed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from registry.findings import RULES
from registry.findings.words import tell
from registry.models import Finding, FindingStatus, Origin, Record, RecordKind, Severity
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.people.subject import PersonRef, Subject, keys
from registry.selectors.provenance import Source, source_of

# Other people named in one finding.
MOST_OTHERS: Final = 5
# A queue this long, as during a first load, is not searched: everybody may be in it.
LONG_QUEUE: Final = 20_000
_WAITS: Final = """
SELECT EXISTS (SELECT FROM registry_pendingperson WHERE person_id = %(person)s)
    OR EXISTS (SELECT FROM registry_pendingrecord WHERE record_id = ANY(%(records)s))
    OR (SELECT count(*) >= %(long)s OR coalesce(bool_or(record_id = ANY(%(records)s)), false)
        FROM (SELECT record_id FROM registry_pendingcheck WHERE record_id IS NOT NULL LIMIT %(long)s) queue)
"""


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """A finding in words; `others` are some of the other people it is about, `more` says whether there are more."""

    rule: str
    severity: Severity
    status: FindingStatus
    title: str
    explanation: str
    told: str
    sources: tuple[Source, ...]
    others: tuple[PersonRef, ...]
    more: bool
    opened_at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Findings:
    """The gravest first. `waiting`: something new of the person has not been checked yet."""

    rows: tuple[FindingSeen, ...]
    total: int
    waiting: bool


def findings(subject: Subject, scope: Scope, *, limit: int) -> Findings:
    """Standing findings about the person's records; those about a lawyer only where the scope shows lawyers."""
    ids = keys(subject.records)
    standing = Finding.objects.open().filter(seals.findings_seen_by(scope), rule__in=RULES, records__in=ids)
    if not scope.lawyers:
        standing = standing.exclude(records__kind=RecordKind.LAWYER)
    ordered = list(standing.distinct().order_by("severity", "-opened_at", "pk"))
    shown = ordered[:limit]
    others = _others(shown, subject)
    origins = {origin.pk: source_of(origin, subject.now) for origin in _origins(shown)}
    rows = tuple(_seen(one, origins, others[one.pk]) for one in shown)
    return Findings(rows=rows, total=len(ordered), waiting=_waits(ids, subject))


def _seen(finding: Finding, origins: dict[int, Source], others: list[PersonRef]) -> FindingSeen:
    rule = RULES[finding.rule]
    return FindingSeen(
        rule=rule.id,
        severity=Severity(finding.severity),
        status=FindingStatus(finding.status),
        title=rule.title,
        explanation=rule.explanation,
        told=tell(rule, finding.evidence),
        sources=tuple(sorted((origins[pk] for pk in finding.origins if pk in origins), key=lambda one: one.code)),
        others=tuple(others[:MOST_OTHERS]),
        more=len(others) > MOST_OTHERS,
        opened_at=finding.opened_at,
        checked_at=finding.last_seen_at,
    )


def _origins(shown: Iterable[Finding]) -> Iterable[Origin]:
    return Origin.objects.filter(pk__in={pk for one in shown for pk in one.origins})


def _others(shown: list[Finding], subject: Subject) -> dict[int, list[PersonRef]]:
    """The other people of each finding, each once, as one of their records there names them."""
    rows = (
        Record.objects.filter(findings__in=shown)
        .exclude(person=subject.person)
        .order_by("pk")
        .values_list("findings", "person__public_id", "name")
    )
    found: dict[int, dict[object, PersonRef]] = defaultdict(dict)
    for finding, public_id, name in rows:
        found[finding].setdefault(public_id, PersonRef(public_id, name))
    return defaultdict(list, {finding: list(people.values()) for finding, people in found.items()})


def _waits(ids: list[int], subject: Subject) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, {"records": ids, "person": subject.person.pk, "long": LONG_QUEUE})
        waits: bool = cursor.fetchone()[0]
    return waits
