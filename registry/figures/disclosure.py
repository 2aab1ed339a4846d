"""Keeping small counts from whoever may consult nobody: which cells of an additive table to leave out.

Primary suppression: a count from 1 to 4 is left out, since with so few people somebody who knows one of them learns
about the others (minimum frequency rule; Hundepool et al., *Statistical Disclosure Control*, 2012, chapter 4). A zero
is shown: it is about nobody. Complementary suppression: no cell left out may be worked out from what is shown. In
a table whose hidden cells are all positive, one can be worked out exactly when the sums shown determine it (the hidden
cells then have no freedom: Gusfield, *SIAM J. Comput.* 17, 1988, shows it for two dimensions), so the hidden
cells of the whole system, all its levels at once, are solved for, and more are hidden until none is determined.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

FEWEST: Final = 5
# Elimination in whole numbers modulo a prime: no rounding. A wrong answer would need a minor that 2^61 - 1 divides.
_PRIME: Final = 2**61 - 1

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Cell]):
    """A published identity: `total` is the sum of `parts`."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


def protect(
    counts: Mapping[Cell, int],
    sums: Sequence[Sum[Cell]],
    *,
    hidden: Iterable[Cell] = (),
    shown: Iterable[Cell] = (),
) -> frozenset[Cell]:
    """The cells to leave out. `hidden` are left out already and `shown` already published, elsewhere."""
    out = {cell for cell, n in counts.items() if 0 < n < FEWEST} | set(hidden)
    fixed = set(shown)
    out -= fixed
    by_cell = _by_cell(sums)
    while True:
        _balance(counts, sums, out, fixed)
        known = [cell for cell in sorted(determined(sums, out), key=repr) if counts[cell]]
        more: set[Cell] = set()
        for cell in known:
            # One more for each is enough: the next round sees what it frees.
            if not any(other in more for each in by_cell[cell] for other in each.cells):
                more |= _next(counts, by_cell[cell], out, fixed)
        more = more or (_next(counts, sums, out, fixed) if known else set())
        if not more:
            return frozenset(out)
        out |= more


def determined(sums: Iterable[Sum[Cell]], out: set[Cell] | frozenset[Cell]) -> set[Cell]:
    """The cells left out that the others and the sums give away: those whose value the linear system fixes."""
    pivots: dict[Cell, dict[Cell, int]] = {}
    for each in sums:
        row = {part: 1 for part in each.parts if part in out}
        if each.total in out:
            row[each.total] = row.get(each.total, 0) - 1
        _reduce(row, pivots)
        if row:
            _add(row, pivots)
    return {pivot for pivot, row in pivots.items() if len(row) == 1}


def _reduce(row: dict[Cell, int], pivots: dict[Cell, dict[Cell, int]]) -> None:
    """Take from a row what the pivots already say."""
    for cell in [cell for cell in row if cell in pivots]:
        factor = row.get(cell, 0)
        for other, value in pivots[cell].items() if factor else ():
            _put(row, other, row.get(other, 0) - factor * value)


def _add(row: dict[Cell, int], pivots: dict[Cell, dict[Cell, int]]) -> None:
    """Make a row a pivot of its first cell, and take that cell from the other pivots."""
    pivot = next(iter(row))
    scale = pow(row[pivot], -1, _PRIME)
    row = {cell: value * scale % _PRIME for cell, value in row.items()}
    for other in pivots.values():
        if factor := other.get(pivot, 0):
            for cell, value in row.items():
                _put(other, cell, other.get(cell, 0) - factor * value)
    pivots[pivot] = row


def _put(row: dict[Cell, int], cell: Cell, value: int) -> None:
    value %= _PRIME
    if value:
        row[cell] = value
    else:
        row.pop(cell, None)


def _balance(counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], out: set[Cell], fixed: set[Cell]) -> None:
    """Where a sum leaves out one cell alone, or parts that together are still few, leave out one more."""
    changed = True
    while changed:
        changed = False
        for each in sums:
            parts = [cell for cell in each.cells if cell in out]
            few = each.total not in out and sum(counts[cell] for cell in parts) < FEWEST
            if parts and (len(parts) == 1 or few):
                more = _next(counts, [each], out, fixed)
                changed = changed or bool(more)
                out |= more


def _next(counts: Mapping[Cell, int], sums: Iterable[Sum[Cell]], out: set[Cell], fixed: set[Cell]) -> set[Cell]:
    """The cheapest cell of these sums to leave out besides: the smallest that is not zero, else a zero."""
    free = {cell for each in sums for cell in each.cells if cell not in out and cell not in fixed}
    best = min(free, key=lambda cell: (counts[cell] == 0, counts[cell], repr(cell)), default=None)
    return set() if best is None else {best}


def _by_cell(sums: Iterable[Sum[Cell]]) -> dict[Cell, list[Sum[Cell]]]:
    found: dict[Cell, list[Sum[Cell]]] = defaultdict(list)
    for each in sums:
        for cell in each.cells:
            found[cell].append(each)
    return found
