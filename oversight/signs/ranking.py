"""Accounts in the order in which a corregedor should look at them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from oversight.signs import conduct, relations
from oversight.signs.acts import Usage
from oversight.signs.sign import Seen, Sign, Surroundings, surroundings

SIGNS: tuple[Sign, ...] = tuple(sorted((*relations.SIGNS, *conduct.SIGNS), key=lambda sign: -sign.weight))
LABELS = {sign.name: sign.label for sign in SIGNS}


@dataclass(frozen=True)
class Ranked:
    """An account with its signs and what each says; `score` is the sum of their weights."""

    usage: Usage
    reasons: tuple[tuple[Sign, Seen], ...]

    @property
    def score(self) -> int:
        return sum(sign.weight for sign, _ in self.reasons)


# What is as much habit as misuse: told once, it is no news for so long.
HABITS = frozenset({"recycled", "without_opening", "night", "volume", "devices"})
NEWS_WEEKS = 4


def news(one: Ranked, told: Collection[str]) -> Ranked | None:
    """The same without habits that were told within `NEWS_WEEKS`; None if nothing is left."""
    left = tuple((sign, seen) for sign, seen in one.reasons if sign.name not in HABITS or sign.name not in told)
    return Ranked(one.usage, left) if left else None


def ranked(usages: Sequence[Usage], around: Surroundings | None = None) -> list[Ranked]:
    """Those with at least one sign, the heaviest first. Without `around`, they are compared with each other."""
    around = around or surroundings(usages)
    found = []
    for usage in usages:
        said = tuple((sign, seen) for sign in SIGNS if (seen := sign.look(usage, around)))
        if said:
            found.append(Ranked(usage, said))
    return sorted(found, key=lambda one: (-one.score, one.usage.username))
