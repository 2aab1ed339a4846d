"""Disclosure control under attack from several panels at once: an intruder who reads every table of every figure."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from registry.figures import catalogue as of
from registry.figures import joint
from registry.figures.declared import Figure, Sex
from registry.figures.disclosure import FEWEST, Sum, determined
from registry.figures.joint import ALL, EVERYBODY, PARENT, Cell

# Every figure that shares people with another one, parents first.
FIGURES: Final = (
    of.POPULATION, of.MOVEMENTS, of.LABOUR,
    *sorted((of.FIGURES[name] for name in PARENT), key=lambda figure: figure.number),
)  # fmt: skip
STATES = ("AC", "AL", "PE")
Named = tuple[str, Cell]  # figure and cell
Tables = dict[str, dict[str, dict[Sex, int]]]


def country(seed: int, people: int) -> dict[str, Tables]:
    """Figure → place → line → sex → count: of people who have one line of each figure, or several of some."""
    rng = random.Random(seed)
    cells: dict[str, Counter[tuple[str, str, Sex]]] = {figure.id: Counter() for figure in FIGURES}
    for _ in range(people):
        place, sex = rng.choice(STATES + ("PE",) * 3), Sex.WOMEN if rng.random() < 0.25 else Sex.MEN
        for figure, codes in _lines(rng):
            for code in codes:
                for where in (place, ALL):
                    cells[figure.id][where, code, sex] += 1
    return {
        figure.id: {
            place: {c.code: {s: cells[figure.id][place, c.code, s] for s in Sex} for c in figure.categories}
            for place in (ALL, *STATES)
        }
        for figure in FIGURES
    }


def _lines(rng: random.Random) -> Iterator[tuple[Figure, list[str]]]:
    """The lines of one person in each figure."""
    regime = rng.choice(("PROVISORIO", "FECHADO", "FECHADO", "SEMIABERTO", "MS_INTERNACAO"))
    yield of.POPULATION, [f"{regime}_{rng.choice(('ESTADUAL', 'ESTADUAL', 'FEDERAL'))}"]
    for figure in (of.AGE, of.RACE, of.MARITAL, of.SCHOOLING, of.AREA, of.CHILDREN, of.VISITED):
        yield figure, [_few(rng, figure)]
    yield of.DOCUMENTS, [rng.choice(joint.WITHIN[of.DOCUMENTS.id][EVERYBODY])]
    told = rng.random() < 0.9
    yield of.OFFENCES, [_few(rng, of.OFFENCES), of.WITH_INFO] if told else [of.WITHOUT_INFO]
    nation = rng.choice(("BRASILEIRO_NATO",) * 9 + joint.WITHIN[of.NATIONALITY.id]["ESTRANGEIROS_TOTAL"][:3])
    yield of.NATIONALITY, [nation] if nation == "BRASILEIRO_NATO" else [nation, "ESTRANGEIROS_TOTAL"]
    if regime == "PROVISORIO":
        yield of.PROVISIONAL, [_few(rng, of.PROVISIONAL)]
    elif regime in ("FECHADO", "SEMIABERTO"):
        yield of.SENTENCE, [_few(rng, of.SENTENCE)]
        yield of.REMAINING, [_few(rng, of.REMAINING)]
    if rng.random() < 0.3:
        yield of.LABOUR, [_few(rng, of.LABOUR)]
        yield of.PAY, [_few(rng, of.PAY)]
    if rng.random() < 0.1:
        yield of.MOVEMENTS, ["TOTAL_DE_OBITOS"]
        yield of.DEATHS, [_few(rng, of.DEATHS)]


def _few(rng: random.Random, figure: Figure) -> str:
    codes = [each.code for each in figure.categories if each.code not in figure.apart][:4]
    return rng.choice(codes[:1] * 4 + codes)


class Reader:
    """What is shown of a country to a reader who signs the form of the state `known`, or of none."""

    def __init__(self, tables: dict[str, Tables], known: str = "", *, jointly: bool = True) -> None:
        self.counts = {figure.id: joint.cells(figure, tables[figure.id]) for figure in FIGURES}
        self.known, self.out = known, dict[str, frozenset[Cell]]()
        for figure in FIGURES:
            shared = PARENT.get(figure.id) if jointly else None
            parent = self.counts[shared.figure.id] if shared else {}
            out = self.out[shared.figure.id] if shared else frozenset()
            self.out[figure.id] = joint.hidden(figure, self.counts[figure.id], parent=parent, out=out, known=known)

    def recovered(self) -> set[Named]:
        """The small counts of other states that follow from everything shown, by all that is known to be equal."""
        hidden = frozenset((name, cell) for name, out in self.out.items() for cell in out)
        system = [
            Sum((figure.id, each.total), tuple((figure.id, part) for part in each.parts))
            for figure in FIGURES for each in joint.sums(figure, self.counts[figure.id])
        ]  # fmt: skip
        for name, shared in PARENT.items():
            for cell in self.counts[name]:
                if cell.code == shared.own:
                    theirs = (shared.figure.id, Cell(cell.place, shared.code, cell.sex))
                    system.append(Sum(theirs, ((name, cell),)))
        found = determined(system, hidden)
        return {(name, cell) for name, cell in found if 0 < self.counts[name][cell] < FEWEST}


@pytest.mark.parametrize("seed", range(int(os.environ.get("SENAPPEN_ATTACKS", "2"))))
@pytest.mark.parametrize("known", ["", "AL"])
def test_no_small_count_follows_from_all_panels_together(seed: int, known: str) -> None:
    reader = Reader(country(seed, 60 + 60 * seed), known)
    small = {
        (name, cell) for name, counts in reader.counts.items() for cell, n in counts.items()
        if 0 < n < FEWEST and (not known or cell.place != known)
    }  # fmt: skip
    assert small
    assert all(cell in reader.out[name] for name, cell in small)
    assert reader.recovered() == set()


def test_the_attack_works_where_each_figure_is_protected_by_itself() -> None:
    """Else the test above would prove nothing."""
    assert any(Reader(country(seed, 60 + 60 * seed), jointly=False).recovered() for seed in range(3))


def test_whoever_has_one_state_exactly_would_learn_of_another_by_subtracting() -> None:
    """What is left out for a reader without a state of their own is not enough for one who has Alagoas."""
    for seed in range(3):
        reader, insider = Reader(country(seed, 60 + 60 * seed)), Reader(country(seed, 60 + 60 * seed), "AL")
        for out in reader.out:
            reader.out[out] = frozenset(cell for cell in reader.out[out] if cell.place != "AL")
        if reader.recovered():
            assert insider.recovered() == set()
            return
    pytest.fail("no country of three gives anything away")
