"""Accounts in the order in which a corregedor should look at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oversight.signs import amounts, conduct, names, relations
from oversight.signs.acts import Usage
from oversight.signs.sign import Seen, Sign, Surroundings, surroundings

_EVERY = (*relations.SIGNS, *names.SIGNS, *conduct.SIGNS, *amounts.SIGNS)
SIGNS: tuple[Sign, ...] = tuple(sorted(_EVERY, key=lambda sign: -sign.weight))
LABELS = {sign.name: sign.label for sign in SIGNS}


@dataclass(frozen=True)
class Ranked:
    """An account with its signs and what each says; `score` is the sum of their weights."""

    usage: Usage
    reasons: tuple[tuple[Sign, Seen], ...]

    @property
    def score(self) -> int:
        return sum(sign.weight for sign, _ in self.reasons)


# What is as much habit as misuse: once justified to the corregedor, it is no news for a quarter, unless it has become
# so many times as much.
HABITS = frozenset({"recycled", "without_opening", "night", "volume", "devices"})
NEWS_WEEKS, GROWN = 13, 2


def news(one: Ranked, justified: Mapping[str, int]) -> Ranked | None:
    """The same without habits that were justified within `NEWS_WEEKS`; None if nothing is left that makes an alert.
    `justified` leads from the name of a sign to the most events it was told with then."""
    left = tuple((sign, seen) for sign, seen in one.reasons if not _is_known(sign, seen, justified))
    return Ranked(one.usage, left) if is_alert([seen for _, seen in left]) else None


def is_alert(found: Sequence[Seen]) -> bool:
    """One sign that is not weak, or two that are: evidence adds up."""
    return len(found) > 1 or any(not seen.weak for seen in found)


def _is_known(sign: Sign, seen: Seen, justified: Mapping[str, int]) -> bool:
    return sign.name in HABITS and len(seen.events) < GROWN * justified.get(sign.name, 0)


def ranked(usages: Sequence[Usage], around: Surroundings | None = None) -> list[Ranked]:
    """Those whose signs make an alert, the heaviest first. Without `around`, they are compared with each other."""
    around = around or surroundings(usages)
    found = []
    for usage in usages:
        said = tuple((sign, seen) for sign in SIGNS if (seen := sign.look(usage, around)))
        if is_alert([seen for _, seen in said]):
            found.append(Ranked(usage, said))
    return sorted(found, key=lambda one: (-one.score, one.usage.username))
