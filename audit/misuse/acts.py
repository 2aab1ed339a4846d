"""What the signals look at: the consultations of a stretch of time, account by account."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from audit.events import Kind
from audit.models import AccessEvent


@dataclass(frozen=True, kw_only=True)
class Act:
    """One request for a consultation (*intent*) or one answer (*disclosure*); `at` in the platform's time zone."""

    at: datetime
    kind: Kind
    action: str
    purpose: uuid.UUID | None = None
    purpose_text: str = ""
    subjects: tuple[uuid.UUID, ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Usage:
    """What one account did, oldest first."""

    account: int
    username: str
    acts: list[Act] = field(default_factory=list)

    @property
    def requests(self) -> list[Act]:
        """What was asked for."""
        return [act for act in self.acts if act.kind is Kind.INTENT]

    @property
    def answers(self) -> list[Act]:
        """What was shown."""
        return [act for act in self.acts if act.kind is Kind.DISCLOSURE]


def usages(events: Iterable[AccessEvent]) -> list[Usage]:
    """Consultations by account; events in any order, their texts opened."""
    found: dict[int, Usage] = {}
    acts: dict[int, list[Act]] = defaultdict(list)
    for event in events:
        if event.actor_id is None or event.kind not in {Kind.INTENT, Kind.DISCLOSURE}:
            continue
        found.setdefault(event.actor_id, Usage(event.actor_id, event.actor))
        acts[event.actor_id].append(_act(event))
    for account, usage in found.items():
        usage.acts = sorted(acts[account], key=lambda act: act.at)
    return list(found.values())


def _act(event: AccessEvent) -> Act:
    asked = event.detail.get("asked")
    return Act(
        at=timezone.localtime(event.at),
        kind=Kind(event.kind),
        action=event.action,
        purpose=event.purpose,
        purpose_text=event.purpose_text,
        subjects=tuple(event.subjects),
        asked=asked if isinstance(asked, dict) else {},
    )
