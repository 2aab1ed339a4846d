"""The findings of the quality rules as their pages print them."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from ingestion.selectors.findings import RuleCount
from registry.findings import RULES, Kind, Rule
from registry.findings.words import tell
from registry.models import Finding, FindingStatus, Origin, RecordKind, Severity
from senappen.lib.wording import day, moment, tag

TONES: Final = {Severity.HIGH: "danger", Severity.MEDIUM: "warn", Severity.LOW: "neutral"}
STATUS_TONES: Final = {
    FindingStatus.OPEN: "danger",
    FindingStatus.ACKNOWLEDGED: "info",
    FindingStatus.DISMISSED: "neutral",
    FindingStatus.RESOLVED: "ok",
}
KINDS: Final = {
    Kind.FIELD: "um campo",
    Kind.CROSS_FIELD: "campos do mesmo registro",
    Kind.CROSS_RECORD: "registros da mesma pessoa ou unidade",
    Kind.CROSS_STATE: "registros de qualquer estado",
}


def rules(code: str, counts: Iterable[RuleCount]) -> list[dict[str, Any]]:
    """The rules with findings, each leading to them."""
    return [
        {
            **rule(one.rule),
            "url": reverse("ingestion:findings", args=[code, one.rule.id]),
            "open": one.counts.get(FindingStatus.OPEN, 0),
            "acknowledged": one.counts.get(FindingStatus.ACKNOWLEDGED, 0),
            "dismissed": one.counts.get(FindingStatus.DISMISSED, 0),
        }
        for one in counts
    ]


def rule(given: Rule) -> dict[str, Any]:
    """A rule in words."""
    return {
        "id": given.id,
        "title": given.title,
        "severity": tag(given.severity.label, TONES[given.severity]),
        "explanation": given.explanation,
        "advice": given.advice,
        "kind": KINDS[given.kind],
    }


def lines(origin: Origin, found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings of one rule by the keys of this origin's records; of other states' only which states."""
    codes = dict(Origin.objects.values_list("pk", "code"))
    return [_line(origin, one, codes) for one in found]


def finding(origin: Origin, found: Finding) -> dict[str, Any]:
    """One finding with its history."""
    [line] = lines(origin, [found])
    return {
        **line,
        "seen": moment(timezone.localtime(found.last_seen_at)),
        "closed": moment(timezone.localtime(found.closed_at)) if found.closed_at else "",
        "history": [
            {
                "at": moment(timezone.localtime(event.at)),
                "by": "verificação automática" if event.by.startswith("system:") else event.by,
                "before": FindingStatus(event.before).label if event.before else "",
                "after": tag(event.get_after_display(), STATUS_TONES[FindingStatus(event.after)]),
                "note": event.note,
            }
            for event in found.events.order_by("-pk")
        ],
    }


def treatment(found: Finding) -> dict[str, str]:
    """What the form begins with."""
    status = FindingStatus.ACKNOWLEDGED if found.status == FindingStatus.OPEN else found.status
    return {"situacao": status, "responsavel": found.owner}


def national(origins: Iterable[Origin], counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Rules down, states across; only rules that found something, the gravest first."""
    columns = list(origins)
    found = sorted((RULES[name] for name in counts if name in RULES), key=lambda one: (one.severity, one.id))
    return {
        "origins": [
            {"code": one.code, "name": one.name, "url": reverse("ingestion:quality", args=[one.code])}
            for one in columns
        ],
        "rules": [
            {**rule(one), "cells": [_cell(one, origin, counts[one.id].get(origin.code, 0)) for origin in columns]}
            for one in found
        ],
        "silent": len(RULES) - len(found),
    }


def _cell(given: Rule, origin: Origin, number: int) -> dict[str, Any]:
    return {"number": number, "url": reverse("ingestion:findings", args=[origin.code, given.id]) if number else ""}


def _line(origin: Origin, found: Finding, codes: dict[int, str]) -> dict[str, Any]:
    own = getattr(found, "own", [])
    return {
        "id": found.pk,
        "url": reverse("ingestion:finding", args=[origin.code, found.pk]),
        "records": [{"kind": RecordKind(record.kind).label, "key": record.origin_key} for record in own],
        "unit": found.unit.name if found.unit else "",
        "elsewhere": ", ".join(sorted(codes[pk] for pk in found.origins if pk != origin.pk and pk in codes)),
        "told": tell(RULES[found.rule], found.evidence),
        "status": tag(found.get_status_display(), STATUS_TONES[FindingStatus(found.status)]),
        "standing": found.closed_at is None,
        "owner": found.owner,
        "since": day(timezone.localtime(found.opened_at)),
    }
