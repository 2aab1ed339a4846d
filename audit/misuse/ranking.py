"""Accounts in the order in which a corregedor should look at them."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.misuse.acts import Usage
from audit.misuse.signals import SIGNALS, Signal, context


@dataclass(frozen=True)
class Ranked:
    """An account with its signals and what each says; `score` is the sum of their weights."""

    usage: Usage
    reasons: tuple[tuple[Signal, str], ...]

    @property
    def score(self) -> int:
        return sum(signal.weight for signal, _ in self.reasons)


def ranked(usages: Sequence[Usage]) -> list[Ranked]:
    """Those with at least one signal, the heaviest first."""
    others = context(usages)
    found = []
    for usage in usages:
        said = tuple((signal, words) for signal in SIGNALS if (words := signal.look(usage, others)))
        if said:
            found.append(Ranked(usage, said))
    return sorted(found, key=lambda one: (-one.score, one.usage.username))
