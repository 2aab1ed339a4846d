"""The shapes of a figure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Sex(StrEnum):
    """Sex as the form divides by it."""

    MEN = "M"
    WOMEN = "F"
    UNKNOWN = "N"


class Counted(StrEnum):
    """The unit of count."""

    PEOPLE = "pessoas"
    PLACES = "vagas"
    INCIDENCES = "incidências"
    EVENTS = "eventos"


class Span(StrEnum):
    """What a count refers to: how things stood at the end of a day, or what happened within a period."""

    AS_OF = "na data"
    PERIOD = "no período"


@dataclass(frozen=True, slots=True)
class Category:
    """A line of a figure. `men`, `women`, `total`: columns of the form, None where the form has none."""

    code: str
    text: str
    group: str = ""
    men: int | None = None
    women: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A column of the form that adds up categories (all, where none is named) for some sexes."""

    column: int
    text: str
    sexes: tuple[Sex, ...] = (Sex.MEN, Sex.WOMEN, Sex.UNKNOWN)
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. `number` names it in the cube: never reused. Categories are numbered from 1 in their order, so that
    new ones go last. `missing` is the code of "not informed", empty where everybody has an answer; `people` says
    whether categories exclude each other and so add up to the people counted; `apart` are categories that repeat
    people already counted in others, `untold` those that no record tells, which are never shown.
    """

    number: int
    id: str
    section: str
    title: str
    counted: Counted
    span: Span
    population: str
    reference: str
    categories: tuple[Category, ...]
    missing: str = ""
    exclusive: bool = True
    apart: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    sums: tuple[Sum, ...] = ()
    note: str = ""
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {category.code: at for at, category in enumerate(self.categories, start=1)}
        object.__setattr__(self, "_numbers", numbers)

    def number_of(self, code: str) -> int:
        """The number of a category in the cube. Raises KeyError for an unknown code."""
        return self._numbers[code]

    @property
    def numbers(self) -> dict[str, int]:
        """Every category's number by its code."""
        return dict(self._numbers)

    @property
    def columns(self) -> Iterator[int]:
        """Every column of the form that this figure fills."""
        for category in self.categories:
            yield from (column for column in (category.men, category.women, category.total) if column is not None)
        yield from (each.column for each in self.sums)
