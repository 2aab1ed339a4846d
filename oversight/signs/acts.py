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
from consulta.serials import asked_number
from registry.values.names import tokens

LOOKED_AT: Final = (
    Kind.INTENT, Kind.DISCLOSURE, Kind.LOGIN, Kind.DENIED, Kind.EXCEPTIONAL_OPENED, Kind.AUDIT_READ,
)  # fmt: skip

# These explain how much was looked at, and not always whom everybody looks at (`relations`).
OWN_UNIT: Final = "pessoa custodiada na unidade do agente"
TEAM: Final = "procedimento ou operação em que colegas também trabalham"


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

    @property
    def declared(self) -> tuple[str, str]:
        """The case and the justification of `activity · case · justification`, in plain words; empty if not so made."""
        parts = self.purpose_text.lower().split(" · ", 2)
        parts = parts if len(parts) == 3 else ["", "", ""]
        return " ".join(parts[1].split()), " ".join(parts[2].split())


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """Whose account it is, as far as signs ask. Names are comparable words without particles (`registry.values.names`).

    `surnames` has the share of registered persons who carry each of the account's surnames, `common` how common its
    whole name is, were its words independent, and `short` its first and last word alone; `linked` the persons whose
    visitor or lawyer has the account's full name; `neighbours` those who live, or whose visitor lives, at its address;
    `weeks` the requests of earlier weeks, the latest last, `openings` the profiles asked for in them; `nights` the
    share of requests made at night; `opening` how many profiles for each search, None where there is no past;
    `documents` which numbers among those asked are the account's own CPF, `colleagues` which are another's of its
    agency; `idle_days` how long before this stretch the account was last used, None if it is new.
    """

    name: tuple[str, ...] = ()
    surnames: Mapping[str, float] = field(default_factory=dict)
    common: float = 1.0
    short: float = 1.0
    linked: frozenset[uuid.UUID] = frozenset()
    neighbours: frozenset[uuid.UUID] = frozenset()
    weeks: tuple[int, ...] = ()
    openings: tuple[int, ...] = ()
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
        for derived in ("requests", "answers", "opened", "names", "named", "numbers"):
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

    @cached_property
    def names(self) -> list[tuple[tuple[str, ...], Act]]:
        """Names asked for, in comparable words."""
        return [(words, act) for act in self.requests if (words := _name(act))]

    @cached_property
    def named(self) -> list[tuple[tuple[str, ...], Act]]:
        """The same, of two words or more, once for each case: the pages of one answer are one search, and whoever works
        on somebody all week looks for one person."""
        once: dict[tuple[object, tuple[str, ...]], tuple[tuple[str, ...], Act]] = {}
        for words, act in self.names:
            if len(words) > 1:
                once.setdefault((act.declared[0] or act.purpose, words), (words, act))
        return list(once.values())

    @cached_property
    def numbers(self) -> list[tuple[str, Act]]:
        """Documents asked for, in digits."""
        return [(digits, act) for act in self.requests if (digits := asked_number(act.asked))]


def _name(act: Act) -> tuple[str, ...]:
    """The words of the name a search asked for; empty when it asked for none."""
    for asked in ("name", "text"):
        text = str(act.asked.get(asked, ""))
        if text and not any(letter.isdigit() for letter in text) and (words := tokens(text)):
            return words
    return ()


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
