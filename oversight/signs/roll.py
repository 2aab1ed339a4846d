"""The names of an agency's accounts, and how easily somebody's work meets one of them by chance."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import prod
from typing import Final

Name = tuple[str, ...]
_FULL: Final = 3  # words from which the first and the last are a shorter name


@dataclass(frozen=True)
class Entry:
    """Somebody on the roll: the account, its name in comparable words, its unit (empty if it is not known)."""

    account: int
    name: Name
    unit: str = ""


@dataclass(frozen=True)
class Meeting:
    """A name that is a colleague's. `common`: the share of people with that name; `met`: how likely a search for
    anybody is for a colleague with a name as rare as that, or a rarer one."""

    account: int
    common: float
    met: float


class Roll:
    """Whose name a search was for. A colleague of the same unit is somebody one knows: there are fewer of them to meet
    by chance than in the whole agency, and either way of looking may count (hence twice the smaller)."""

    def __init__(self, entries: Iterable[Entry] = (), shares: Mapping[str, float] | None = None) -> None:
        self._units: dict[int, str] = {}
        self._owners: dict[Name, list[int]] = defaultdict(list)
        self._common: dict[Name, float] = {}
        for entry in entries:
            self._units[entry.account] = entry.unit
            for name in _forms(entry.name):
                self._owners[name].append(entry.account)
                self._common[name] = prod((shares or {}).get(word, 1.0) for word in name)
        self._met = _cumulated(self._common)
        within: dict[str, dict[Name, float]] = defaultdict(dict)
        for name, accounts in self._owners.items():
            for account in accounts:
                within[self._units[account]][name] = self._common[name]
        self._met_within = {unit: _cumulated(names) for unit, names in within.items() if unit}

    def meeting(self, name: Name, account: int) -> Meeting | None:
        """The colleague of this account whose name it is; None if it is nobody's, or its own."""
        owners = self._owners.get(name, ())
        if not owners or account in owners:
            return None
        unit = self._units.get(account, "")
        near = [owner for owner in owners if unit and self._units[owner] == unit]
        met = self._met[name]
        if near:
            met = min(met, self._met_within[unit][name])
        return Meeting((near or owners)[0], self._common[name], 2 * met)


def _forms(name: Name) -> list[Name]:
    """The whole name, and its first and last word."""
    if len(name) < 2:
        return []
    return [name, (name[0], name[-1])] if len(name) >= _FULL else [name]


def _cumulated(common: Mapping[Name, float]) -> dict[Name, float]:
    """For each name, how common all names as rare as it or rarer are together."""
    rarest = sorted(common, key=lambda name: common[name])
    # Of names equally common, each as rare as the other, the last sum holds for all.
    sums = {
        common[name]: total for name, total in zip(rarest, accumulate(common[name] for name in rarest), strict=True)
    }
    return {name: sums[share] for name, share in common.items()}
