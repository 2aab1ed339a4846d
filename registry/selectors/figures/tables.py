"""A figure as a table: a line for each category, a column for each sex, and how much of it is informed."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from registry.figures.declared import Category, Counted, Figure, Sex
from registry.selectors.figures.cube import Counts

ALL = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """The counts of a category; None where the count is left out (`registry.figures.disclosure`)."""

    category: Category
    men: int | None
    women: int | None
    unknown: int | None
    total: int | None

    @property
    def is_empty(self) -> bool:
        return self.total == 0


@dataclass(frozen=True, slots=True)
class Table:
    """A figure's lines in the form's order, their sum (None where categories repeat people), and the percentage of
    people of whom the datum is known (None for a figure where nobody can be missing, or of nobody).
    """

    figure: Figure
    lines: tuple[Line, ...]
    total: Line | None
    coverage: float | None

    @property
    def hides(self) -> bool:
        """True when a count is left out."""
        lines = [*self.lines, *([self.total] if self.total else [])]
        return any(None in (line.men, line.women, line.unknown, line.total) for line in lines)


def table(figure: Figure, counts: Counts) -> Table:
    """The table of a figure, nothing left out."""
    by_category = counts.table(figure)
    told = (category for category in figure.categories if category.code not in figure.untold)
    lines = tuple(_line(category, by_category[category.code]) for category in told)
    adding = [line for line in lines if line.category.code not in figure.apart]
    sums = {sex: sum(by_category[line.category.code][sex] for line in adding) for sex in Sex}
    adds_up = figure.exclusive or bool(figure.apart) or figure.counted is Counted.INCIDENCES
    total = _line(Category(ALL, "Total"), sums) if adds_up else None
    return Table(figure, lines, total, _coverage(figure, lines))


def hide(given: Table, hidden: Collection[tuple[str, str]]) -> Table:
    """The table without some cells: (category, sex), "*" for the total of either.

    Without the percentage informed when it would tell a count left out: of those not informed, or of everybody.
    """
    tells = bool({(given.figure.missing, ALL), (ALL, ALL)} & {*hidden})
    lines = tuple(_without(line, hidden) for line in given.lines)
    total = _without(given.total, hidden) if given.total else None
    return replace(given, lines=lines, total=total, coverage=None if tells else given.coverage)


def _line(category: Category, counts: dict[Sex, int]) -> Line:
    return Line(category, counts[Sex.MEN], counts[Sex.WOMEN], counts[Sex.UNKNOWN], sum(counts.values()))


def _without(line: Line, hidden: Collection[tuple[str, str]]) -> Line:
    code = line.category.code

    def kept(sex: str, n: int | None) -> int | None:
        return None if (code, sex) in hidden else n

    men, women = kept(Sex.MEN, line.men), kept(Sex.WOMEN, line.women)
    return Line(line.category, men, women, kept(Sex.UNKNOWN, line.unknown), kept(ALL, line.total))


def _coverage(figure: Figure, lines: tuple[Line, ...]) -> float | None:
    if not figure.missing or not figure.categories:
        return None
    people = sum(line.total or 0 for line in lines if line.category.code not in figure.apart)
    unknown = next(line.total or 0 for line in lines if line.category.code == figure.missing)
    return round(100 * (people - unknown) / people, 1) if people else None
