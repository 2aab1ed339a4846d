"""The findings of the quality rules as the connectors' pages read them: counted, and one rule's, within one origin."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet

from registry.findings import RULES, Rule
from registry.models import Finding, FindingStatus, Origin, Record
from registry.scope import Scope
from registry.selectors import seals

# Who sends the data consults nobody: a finding about somebody under a seal is not there.
NOBODY = Scope()
_NATIONAL = f"""
SELECT rule, o.code, count(*) FROM registry_finding f JOIN registry_origin o ON o.id = ANY(f.origins)
WHERE f.closed_at IS NULL AND f.status <> %s AND o.id = ANY(%s)
    AND NOT EXISTS (SELECT FROM registry_findingrecord k JOIN registry_record r ON r.id = k.record_id
        WHERE k.finding_id = f.id AND NOT {seals.unsealed("r.person_id")})
GROUP BY 1, 2
"""  # noqa: S608 - composed of fixed texts


@dataclass(frozen=True)
class RuleCount:
    """A rule and how many of its findings stand in each status."""

    rule: Rule
    counts: dict[FindingStatus, int]

    @property
    def open(self) -> int:
        """Those that nobody has dismissed."""
        return sum(number for status, number in self.counts.items() if status != FindingStatus.DISMISSED)


def by_rule(origin: Origin) -> list[RuleCount]:
    """The rules with standing findings about the origin, the gravest first, then the most frequent."""
    counted = Finding.objects.standing().filter(
        seals.findings_seen_by(NOBODY), origins__contains=[origin.pk], rule__in=RULES
    )
    found: dict[str, dict[FindingStatus, int]] = defaultdict(dict)
    for rule, status, number in counted.values_list("rule", "status").annotate(n=Count("pk")).order_by():
        found[rule][FindingStatus(status)] = number
    counts = [RuleCount(RULES[rule], of_status) for rule, of_status in found.items()]
    return sorted(counts, key=lambda one: (one.rule.severity, -one.open, one.rule.id))


def of_rule(origin: Origin, rule: Rule, statuses: Iterable[FindingStatus]) -> QuerySet[Finding]:
    """The origin's findings of one rule, the newest first, each with its records of this origin in `own`."""
    found = Finding.objects.filter(
        seals.findings_seen_by(NOBODY), rule=rule.id, origins__contains=[origin.pk], status__in=list(statuses)
    )
    return _with_own(found, origin).order_by("-opened_at", "pk")


def one(origin: Origin, pk: int) -> Finding | None:
    """A finding about the origin, with its records of this origin in `own`; None if there is none."""
    found = Finding.objects.filter(seals.findings_seen_by(NOBODY), pk=pk, origins__contains=[origin.pk], rule__in=RULES)
    return _with_own(found, origin).first()


def national(origins: QuerySet[Origin]) -> dict[str, dict[str, int]]:
    """Rule → origin code → open findings. One about two states counts in both."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_NATIONAL, [FindingStatus.DISMISSED, list(origins.values_list("pk", flat=True))])
        for rule, code, number in cursor.fetchall():
            found[rule][code] = number
    return found


def _with_own(found: QuerySet[Finding], origin: Origin) -> QuerySet[Finding]:
    own = Record.objects.filter(origin=origin).only("pk", "kind", "origin_key").order_by("pk")
    return found.select_related("unit").prefetch_related(Prefetch("records", queryset=own, to_attr="own"))
