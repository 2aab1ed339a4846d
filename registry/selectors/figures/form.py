"""The form: the columns of one unit, of a state's units, of the country's, as the dictionary orders them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from registry.figures.catalogue import FIGURES
from registry.figures.declared import Figure, Sex
from registry.figures.form_columns import COLUMNS
from registry.models import Unit
from registry.selectors.figures.cube import Counts

# Columns of the establishment itself, which the contract knows; section 1.
NAME, UF, IBGE, SEX, KIND, MANAGEMENT = 2, 9, 11, 13, 14, 43
_NAMED: Final = {
    NAME: "Nome do Estabelecimento", UF: "UF", IBGE: "Código IBGE", SEX: "1.1 Destinado ao sexo",
    KIND: "1.2 Tipo de estabelecimento", MANAGEMENT: "1.4 Gestão do estabelecimento",
}  # fmt: skip
EMPTY: Final = "não respondida pelos registros"

Values = dict[int, int | str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that differs between two editions."""

    column: int
    heading: str
    before: int
    after: int


def values(counts: Counts, unit: Unit | None = None) -> Values:
    """Column → value, for every column that records can answer."""
    found: Values = {}
    for figure in FIGURES.values():
        found |= _of(figure, counts)
    if unit is not None:
        about = (unit.name, unit.origin.uf, unit.municipality, unit.sex, unit.kind, unit.management)
        found |= dict(zip(_NAMED, about, strict=True))
    return dict(sorted(found.items()))


def added(given: Iterable[Mapping[int, int | str]]) -> dict[int, int]:
    """The sum of several units' columns; columns of text are left out."""
    total: dict[int, int] = {}
    for each in given:
        for column, value in each.items():
            if isinstance(value, int):
                total[column] = total.get(column, 0) + value
    return dict(sorted(total.items()))


def differences(before: Mapping[int, int], after: Mapping[int, int]) -> list[Difference]:
    """The columns whose sums differ, in the form's order."""
    words = headings()
    return [
        Difference(column, words[column], before.get(column, 0), after.get(column, 0))
        for column in sorted({*before, *after})
        if before.get(column, 0) != after.get(column, 0)
    ]


def headings() -> dict[int, str]:
    """Column → what stands above it, for every column of the form."""
    found = dict.fromkeys(COLUMNS, EMPTY) | _NAMED
    for figure in FIGURES.values():
        head = f"{figure.section} {figure.title}"
        for each in figure.categories:
            words = " | ".join(part for part in (head, each.group, each.text) if part)
            sides = ((each.men, "Masculino"), (each.women, "Feminino"), (each.total, "Total"))
            found |= {column: f"{words} | {side}" for column, side in sides if column is not None}
        found |= {each.column: f"{head} | {each.text}" for each in figure.sums}
    return found


def _of(figure: Figure, counts: Counts) -> Values:
    table = counts.table(figure)
    found: Values = {}
    for each in figure.categories:
        by_sex = table[each.code]
        sides = ((each.men, by_sex[Sex.MEN]), (each.women, by_sex[Sex.WOMEN]), (each.total, sum(by_sex.values())))
        found |= {column: n for column, n in sides if column is not None}
    for total in figure.sums:
        codes = total.codes or table.keys() - figure.apart
        found[total.column] = sum(table[code][sex] for code in codes for sex in total.sexes)
    return found
