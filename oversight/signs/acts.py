"""What the signs look at: the consultations of a stretch of time, account by account."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.utils import timezone

from audit.events import Kind
from audit.models import AccessEvent

LOOKED_AT: Final = (
    Kind.INTENT, Kind.DISCLOSURE, Kind.LOGIN, Kind.DENIED, Kind.EXCEPTIONAL_OPENED, Kind.AUDIT_READ,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One event of an account; `at` in the platform's time zone. `explained` says why looking was to be expected, empty
    when nothing explains it (`oversight.explaining`)."""

    at: datetime
    kind: Kind
    action: str = ""
    event: int = 0
    intent: int | None = None
    purpose: uuid.UUID | None = None
    purpose_text: str = ""
    subjects: tuple[uuid.UUID, ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""
    address: str = ""
    session: str = ""
    explained: str = ""


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """Whose account it is, as far as signs ask. Names are comparable words without particles (`registry.values.names`).

    `surnames` has the share of registered persons who carry each of the account's surnames; `linked` the persons whose
    visitor or lawyer has the account's full name; `weeks` the requests of earlier weeks, the latest last; `nights` the
    share of them made at night; `opening` how many persons were opened for each search then, None where there is no
    past; `documents` which numbers among those asked are the account's own CPF, `colleagues` which are another's of its
    agency; `idle_days` how long before this stretch the account was last used, None if it is new.
    """

    name: tuple[str, ...] = ()
    surnames: Mapping[str, float] = field(default_factory=dict)
    linked: frozenset[uuid.UUID] = frozenset()
    weeks: tuple[int, ...] = ()
    nights: float = 0.0
    opening: float | None = None
    documents: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()
    idle_days: int | None = None


@dataclass
class Usage:
    """What one account did, oldest first."""

    account: int
    username: str
    acts: list[Act] = field(default_factory=list)
    portrait: Portrait = field(default_factory=Portrait)
    because: Counter[str] = field(default_factory=Counter)  # reason → openings it explains

    def take(self, acts: list[Act]) -> None:
        """Replace the acts, and forget what was derived of the old ones."""
        self.acts = acts
        for derived in ("requests", "answers", "opened"):
            self.__dict__.pop(derived, None)

    @cached_property
    def requests(self) -> list[Act]:
        """What was asked for."""
        return [act for act in self.acts if act.kind is Kind.INTENT]

    @cached_property
    def answers(self) -> list[Act]:
        """What was shown."""
        return [act for act in self.acts if act.kind is Kind.DISCLOSURE]

    @cached_property
    def opened(self) -> list[Act]:
        """Answers that opened one person; it stands first, relations after it."""
        return [act for act in self.answers if act.action == "profile" and act.subjects]


def usages(events: Iterable[AccessEvent]) -> list[Usage]:
    """Acts by account; events in any order, their texts opened."""
    found: dict[int, Usage] = {}
    acts: dict[int, list[Act]] = defaultdict(list)
    for event in events:
        if event.actor_id is None or event.kind not in LOOKED_AT:
            continue
        found.setdefault(event.actor_id, Usage(event.actor_id, event.actor))
        acts[event.actor_id].append(_act(event))
    for account, usage in found.items():
        usage.acts = sorted(acts[account], key=lambda act: (act.at, act.event))
    return list(found.values())


def _act(event: AccessEvent) -> Act:
    asked = event.detail.get("asked")
    if event.kind == Kind.AUDIT_READ:
        asked = event.detail.get("filters")
    return Act(
        at=timezone.localtime(event.at),
        kind=Kind(event.kind),
        action=event.action,
        event=event.pk,
        intent=event.intent,
        purpose=event.purpose,
        purpose_text=event.purpose_text,
        subjects=tuple(event.subjects),
        asked=asked if isinstance(asked, dict) else {},
        channel=event.channel,
        address=event.address or "",
        session=event.session,
    )
