"""Disclosure control under attack: a solver that knows every number shown tries to work out the others."""

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from registry.figures.disclosure import FEWEST, Sum, determined, protect

Cell = tuple[str, str, str]


def table(cells: dict[Cell, int]) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """States × categories × sexes with every total and the sums that tie them."""
    states, categories, sexes = (sorted({cell[axis] for cell in cells}) for axis in range(3))
    counts: dict[Cell, int] = dict(cells)
    sums = []
    for axis, values in enumerate((states, categories, sexes)):
        others = [sorted({cell[other] for cell in counts}) for other in range(3)]
        others[axis] = ["*"]
        for total in product(*others):
            parts = tuple((*total[:axis], value, *total[axis + 1 :]) for value in values)
            counts[total] = sum(counts[part] for part in parts)  # type: ignore[index]
            sums.append(Sum(total, parts))
    return counts, sums  # type: ignore[return-value]


def attack(counts: dict[Cell, int], sums: list[Sum[Cell]], out: frozenset[Cell]) -> dict[Cell, tuple[float, float]]:
    """The least and the most each cell left out can be, by linear programming on all that is shown."""
    hidden = sorted(out)
    at = {cell: n for n, cell in enumerate(hidden)}
    rows, known = [], []
    for each in sums:
        row = np.zeros(len(hidden))
        rest = 0
        for cell, sign in ((each.total, -1), *((part, 1) for part in each.parts)):
            if cell in at:
                row[at[cell]] += sign
            else:
                rest += sign * counts[cell]
        if row.any():
            rows.append(row)
            known.append(-rest)
    found = {}
    for cell in hidden:
        goal = np.zeros(len(hidden))
        goal[at[cell]] = 1
        low, high = (linprog(s * goal, A_eq=rows or None, b_eq=known or None, bounds=(0, 10**6)) for s in (1, -1))
        assert low.success
        assert high.success
        found[cell] = (low.fun, -high.fun)
    return found


def random_table(seed: int, states: int, categories: int, largest: int) -> dict[Cell, int]:
    rng = random.Random(seed)
    axes = ([f"s{n}" for n in range(states)], [f"c{n}" for n in range(categories)], ["F", "M"])
    return {cell: rng.choice((0, rng.randint(1, 6), rng.randint(1, largest))) for cell in product(*axes)}


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_can_be_worked_out_from_the_margins(seed: int) -> None:
    counts, sums = table(random_table(seed, 3, 4, 60))
    out = protect(counts, sums)
    small = {cell for cell, n in counts.items() if 0 < n < FEWEST}
    assert small <= out
    for cell, (low, high) in attack(counts, sums, out).items():
        if counts[cell]:
            assert high - low > 0.5, (cell, counts[cell], low, high)


def test_the_attack_works_when_only_small_counts_are_left_out() -> None:
    """Else the test above would prove nothing."""
    counts, sums = table(random_table(1, 3, 4, 60))
    primary = frozenset(cell for cell, n in counts.items() if 0 < n < FEWEST)
    assert any(high - low < 0.01 for low, high in attack(counts, sums, primary).values())


def test_a_single_small_count_takes_others_with_it() -> None:
    counts, sums = table(
        {("AL", c, s): n for c, s, n in (("a", "M", 3), ("a", "F", 40), ("b", "M", 50), ("b", "F", 60))}
    )
    out = protect(counts, sums)
    assert len(out) >= 4
    assert determined(sums, out) == set()


def test_what_is_shown_elsewhere_stays_shown_and_what_is_hidden_there_stays_hidden() -> None:
    counts, sums = table(random_table(5, 2, 3, 40))
    margins = [cell for cell in counts if cell[1] == "*"]
    out = protect(counts, sums, hidden=[margins[0]], shown=margins[1:])
    assert margins[0] in out
    assert not set(margins[1:]) & out


def test_a_table_without_small_counts_is_shown_whole() -> None:
    counts, sums = table({cell: 10 + n for n, cell in enumerate(random_table(0, 3, 3, 9))})
    assert protect(counts, sums) == frozenset()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_determined_is_what_rank_says(seed: int) -> None:
    """The elimination, against the rank of the matrix: a cell is determined if its unit vector adds no rank."""
    counts, sums = table(random_table(seed, 2, 2, 9))
    rng = random.Random(seed)
    out = sorted(cell for cell in counts if rng.random() < 0.5)
    matrix = np.array([[(c in each.parts) - (c == each.total) for c in out] for each in sums], dtype=float)
    if not out:
        return
    rank = np.linalg.matrix_rank(matrix)
    units = np.eye(len(out))
    expected = {
        c for c, unit in zip(out, units, strict=True) if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank
    }
    assert determined(sums, frozenset(out)) == expected
