"""Which cells of several figures must be left out together, since the same people stand in all of them.

Whoever reads one table reads the others: the total of one is a line of another (convicts: the total of 5.12 and three
lines of 4.1), or two of its lines make everybody (with and without documents). `PARENT` says which cells a figure
shares with one that is protected before it, and `WITHIN` which of its lines make another. Protecting in that order,
with what is shared fixed, leaves the whole system without a small count that can be worked out.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import Final, NamedTuple

from registry.figures import catalogue as of
from registry.figures.declared import Figure, Sex
from registry.figures.disclosure import Sum, protect
from registry.figures.keys import CONVICTED

ALL: Final = "*"
SEXES: Final = tuple(str(sex) for sex in Sex)
# Lines that no table shows and every reader can add up.
EVERYBODY, PROVISIONALS, CONVICTS = "TODAS_AS_PESSOAS", "PROVISORIOS", "CONDENADOS"


Table = Mapping[str, Mapping[Sex, int]]  # line → sex → count


class Cell(NamedTuple):
    """A count: of a state or the country, of a line or all of them, of a sex or all."""

    place: str
    code: str
    sex: str


class Shared(NamedTuple):
    """A line of a figure (`own`) that is a line of another one (`code` of `figure`)."""

    own: str
    figure: Figure
    code: str


def _of_regimes(*regimes: str) -> tuple[str, ...]:
    return tuple(each.code for each in of.POPULATION.categories if each.code.startswith(regimes))


_NATIVE: Final = ("BRASILEIRO_NATO", "BRASILEIRO_NATURALIZADO", of.NATIONALITY.missing, "ESTRANGEIROS_TOTAL")
WITHIN: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    of.POPULATION.id: {
        PROVISIONALS: _of_regimes("PROVISORIO"),
        CONVICTS: _of_regimes(*CONVICTED),
    },
    of.NATIONALITY.id: {
        "ESTRANGEIROS_TOTAL": tuple(c.code for c in of.NATIONALITY.categories if c.code not in _NATIVE),
    },
    of.DOCUMENTS.id: {EVERYBODY: tuple(each.code for each in of.DOCUMENTS.categories[9:11])},
    of.OFFENCES.id: {EVERYBODY: (of.WITH_INFO, of.WITHOUT_INFO)},
}
_PEOPLE: Final = (of.AGE, of.RACE, of.MARITAL, of.SCHOOLING, of.AREA, of.CHILDREN, of.VISITED, of.NATIONALITY)
PARENT: Final[dict[str, Shared]] = {
    **{figure.id: Shared(ALL, of.POPULATION, ALL) for figure in _PEOPLE},
    **{figure.id: Shared(EVERYBODY, of.POPULATION, ALL) for figure in (of.DOCUMENTS, of.OFFENCES)},
    of.PROVISIONAL.id: Shared(ALL, of.POPULATION, PROVISIONALS),
    of.SENTENCE.id: Shared(ALL, of.POPULATION, CONVICTS),
    of.REMAINING.id: Shared(ALL, of.POPULATION, CONVICTS),
    of.PAY.id: Shared(ALL, of.LABOUR, ALL),
    of.DEATHS.id: Shared(ALL, of.MOVEMENTS, "TOTAL_DE_OBITOS"),
}


def adds_up(figure: Figure) -> bool:
    """Do the lines of a figure that are not counted apart make a total that stands in it?"""
    return figure.exclusive or bool(figure.apart)


def cells(figure: Figure, tables: Mapping[str, Table]) -> dict[Cell, int]:
    """Every cell of a figure with its count, totals included: `tables` are those of each place, `ALL` the country's."""
    found: dict[Cell, int] = {}
    for place, table in tables.items():
        lines = {code: {str(sex): n for sex, n in by.items()} for code, by in table.items()}
        for total, parts in WITHIN.get(figure.id, {}).items():
            lines[total] = {sex: sum(lines[part][sex] for part in parts) for sex in SEXES}
        if adds_up(figure):
            adding = [code for code in table if code not in figure.apart]
            lines[ALL] = {sex: sum(lines[code][sex] for code in adding) for sex in SEXES}
        for code, by_sex in lines.items():
            found |= {Cell(place, code, sex): n for sex, n in by_sex.items()}
            found[Cell(place, code, ALL)] = sum(by_sex.values())
    return found


def sums(figure: Figure, counts: Collection[Cell]) -> Iterator[Sum[Cell]]:
    """Every identity between the cells of a figure."""
    places, codes = ({cell[axis]: None for cell in counts} for axis in (0, 1))
    for place, code in product(places, codes):
        yield Sum(Cell(place, code, ALL), tuple(Cell(place, code, sex) for sex in SEXES))
    for code, sex in product(codes, (*SEXES, ALL)):
        yield Sum(Cell(ALL, code, sex), tuple(Cell(place, code, sex) for place in places if place != ALL))
    groups = dict(WITHIN.get(figure.id, {}))
    if adds_up(figure):
        groups[ALL] = tuple(each.code for each in figure.categories if each.code not in figure.apart)
    for place, sex, (total, parts) in product(places, (*SEXES, ALL), groups.items()):
        yield Sum(Cell(place, total, sex), tuple(Cell(place, part, sex) for part in parts))


def hidden(
    figure: Figure, counts: Mapping[Cell, int], *, parent: Mapping[Cell, int], out: Collection[Cell], known: str = ""
) -> frozenset[Cell]:
    """The cells of a figure to leave out. `parent` and `out`: the counts of the figure it shares lines with, and those
    left out of them. `known`: the state whose counts the reader has exactly, by answering for its form: what they
    could subtract is protected too.
    """
    hidden: set[Cell] = set()
    shown = {cell for cell in counts if known and cell.place == known}
    if (shared := PARENT.get(figure.id)) is not None:
        for cell in counts:
            theirs = Cell(cell.place, shared.code, cell.sex)
            # Where they differ (a datum missing in one of them), one does not tell the other.
            if cell.code == shared.own and parent.get(theirs) == counts[cell]:
                (hidden if theirs in out else shown).add(cell)
    return protect(counts, list(sums(figure, counts)), hidden=hidden - shown, shown=shown)
