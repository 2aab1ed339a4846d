"""What a sign is, and what it compares an account with."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from oversight.signs.acts import Act, Usage

# Events named as evidence of one sign: enough to judge by; the rest is in the audit.
MOST_EVIDENCE: Final = 200


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What everybody did in the same stretch, and what is known beyond one account.

    `requests` are those of each account that nothing explains; `openers` how many accounts opened each person so,
    `usual` how many opened a person in an ordinary week before. `colleagues` leads from the comparable name of each
    account of the agency to its id, where few share it. `canaries` are planted persons.
    """

    requests: Mapping[int, int] = field(default_factory=dict)
    openers: Mapping[uuid.UUID, int] = field(default_factory=dict)
    usual: Mapping[uuid.UUID, float] = field(default_factory=dict)
    colleagues: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    canaries: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Seen:
    """What a sign found: a sentence in pt-BR that names nobody consulted, and the events it speaks of."""

    words: str
    events: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sign:
    """A sign of misuse; `weight` moves an account up the list, it is not how likely misuse is."""

    name: str
    weight: int
    label: str
    look: Callable[[Usage, Surroundings], Seen | None]


def seen(words: str, acts: Iterable[Act]) -> Seen:
    """A finding with its evidence."""
    return Seen(words, tuple(act.event for act in acts)[:MOST_EVIDENCE])


def unexplained(acts: Iterable[Act]) -> list[Act]:
    """Those that no reason known to the platform makes expected."""
    return [act for act in acts if not act.explained]


def surroundings(usages: Sequence[Usage]) -> Surroundings:
    """What each of these accounts is compared with, where nothing but their acts is known."""
    openers: dict[uuid.UUID, set[int]] = defaultdict(set)
    for usage in usages:
        for act in unexplained(usage.opened):
            openers[act.subjects[0]].add(usage.account)
    return Surroundings(
        requests={usage.account: len(unexplained(usage.requests)) for usage in usages},
        openers={person: len(accounts) for person, accounts in openers.items()},
    )
