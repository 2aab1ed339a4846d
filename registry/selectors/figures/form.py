"""The form: the columns of one unit, of a state's units, of the country's, as the dictionary orders them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from registry.figures.catalogue import FIGURES, OFFENCES, WITH_INFO, WITHOUT_INFO
from registry.figures.declared import Figure, Sex
from registry.figures.questions import ABSENT, ALL, EXISTENCE, NONE, QUESTIONS, SOME, YES
from registry.models import Unit
from registry.municipalities import municipality
from registry.selectors.figures.cube import Counts

# Columns of the establishment itself, which the contract knows; section 1.
_NAMED: Final = {
    2: "Nome do Estabelecimento", 4: "Outras Denominações", 9: "UF", 10: "Município", 11: "Código IBGE",
    13: "1.1 Destinado ao sexo", 14: "1.2 Tipo de estabelecimento", 43: "1.4 Gestão do estabelecimento",
}  # fmt: skip
PEOPLES, INDIGENOUS = 520, 522
_INDIGENOUS: Final = {PEOPLES: "5.2 Povos indígenas informados", INDIGENOUS: "5.2 Pessoas cujo povo é informado"}

Values = dict[int, int | str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that differs between two editions."""

    column: int
    heading: str
    before: int
    after: int


def values(counts: Counts, unit: Unit | None = None, peoples: Mapping[str, int] | None = None) -> Values:
    """Column → value, for every column that records can answer. `peoples`: indigenous people held, by people."""
    found: Values = {}
    for figure in FIGURES.values():
        found |= _of(figure, counts)
    found |= _answers(counts)
    if peoples:
        found[PEOPLES] = "; ".join(f"{name} ({n})" for name, n in sorted(peoples.items()))
        found[INDIGENOUS] = sum(peoples.values())
    if unit is not None:
        city = str(municipality(unit.municipality)).removesuffix(f"/{unit.origin.uf}") if unit.municipality else ""
        about = (
            unit.name, unit.acronym, unit.origin.uf, city, unit.municipality, unit.sex, unit.kind, unit.management,
        )  # fmt: skip
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
    """Column → what stands above it, for every column of the form: for those that stay empty, why."""
    found = {column: f"{each.section} {each.title} | fora dos registros: {each.why}".strip()
             for each in ABSENT for column in each.columns}  # fmt: skip
    found |= _NAMED | _INDIGENOUS
    for question in (*QUESTIONS, *EXISTENCE):
        found[question.column] = f"{question.figure.section} {question.figure.title} | {question.text}"
    for figure in FIGURES.values():
        head = f"{figure.section} {figure.title}"
        for each in figure.categories:
            words = " | ".join(part for part in (head, each.group, each.text) if part)
            sides = ((each.men, "Masculino"), (each.women, "Feminino"), (each.total, "Total"))
            found |= {column: f"{words} | {side}" for column, side in sides if column is not None}
        found |= {each.column: f"{head} | {each.text}" for each in figure.sums}
    return found


def _answers(counts: Counts) -> Values:
    """What the form asks in words; nothing of a unit without people."""
    found: Values = {}
    for question in QUESTIONS:
        known, unknown = _informed(question.figure, counts)
        if known or unknown:
            found[question.column] = NONE if not known else SOME if unknown else ALL
    for asked in EXISTENCE:
        answer = YES if counts.total(asked.figure) else asked.none if counts.people() else None
        if answer is not None:
            found[asked.column] = answer
    return found


def _informed(figure: Figure, counts: Counts) -> tuple[int, int]:
    """How many people's datum is known, and how many's is not."""
    if figure is OFFENCES:
        return counts.total(figure, WITH_INFO), counts.total(figure, WITHOUT_INFO)
    unknown = counts.total(figure, figure.missing)
    return counts.total(figure) - unknown, unknown


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
