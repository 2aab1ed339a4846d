"""What of a figure may be shown to whoever may consult nobody.

A figure is protected in the country and all its states at once, for one modality, since the states add up to it.
Margins (by state and sex) come first and alike for every figure of the same people, for they stand in each of them.
Whoever reads this gets no unit, no regime and no age (`consulta.statistics.admission`), and days only at the ends of
months: tables of neighbouring days, or of parts of a state, would give away what one table hides.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Final

from django.db.models import Max

from registry.figures import catalogue as of
from registry.figures.declared import Counted, Figure, Sex, Span
from registry.figures.disclosure import Sum, protect
from registry.models import FigureBuild
from registry.selectors.figures.cube import Filters, happened, held
from registry.selectors.figures.tables import ALL

Cell = tuple[str, str, str]
SEXES: Final = tuple(str(sex) for sex in Sex)
KEPT: Final = 256


def hidden(build: FigureBuild, figure: Figure, filters: Filters) -> frozenset[tuple[str, str]]:
    """The cells of a figure to leave out of a state's table, or the country's: (category, sex), "*" for totals."""
    if figure.counted is Counted.PLACES:
        return frozenset()
    stamp = 0
    if figure.span is Span.PERIOD:
        within = FigureBuild.objects.filter(day__range=month_of(build.day))
        stamp = within.aggregate(last=Max("pk"))["last"] or 0
    out = _hidden(build.pk, figure.id, filters.modality, stamp)
    place = filters.uf or ALL
    return frozenset((code, sex) for uf, code, sex in out if uf == place)


@lru_cache(maxsize=KEPT)
def _hidden(build: int, figure_id: str, modality: str, stamp: int) -> frozenset[Cell]:
    """A build never changes, so neither does this. `stamp`: the last build of the month, for what happened in it."""
    figure, made = of.FIGURES[figure_id], FigureBuild.objects.get(pk=build)
    counts = dict(_counts(made, figure, modality))
    margins = {cell: n for cell, n in counts.items() if cell[1] == ALL}
    if not figure.exclusive and not figure.apart:
        return protect(counts, list(_sums(counts, categories=False)))
    out = protect(margins, list(_sums(margins, categories=False)))
    sums = list(_sums(counts, categories=True, apart=figure.apart))
    return protect(counts, sums, hidden=out, shown=margins.keys() - out)


def _counts(build: FigureBuild, figure: Figure, modality: str) -> Iterator[tuple[Cell, int]]:
    """Every cell shown, totals included."""
    states = build.rows.filter(day=build.day, level="E").order_by("uf").values_list("uf", flat=True).distinct()
    for uf in (ALL, *states):
        filters = Filters(uf="" if uf == ALL else uf, modality=modality)
        found = held(build, filters) if figure.span is Span.AS_OF else happened(*month_of(build.day), filters)
        by_category = found.table(figure)
        adding = [by_category[code] for code in by_category if code not in figure.apart]
        for code, by in (*by_category.items(), (ALL, {sex: sum(each[sex] for each in adding) for sex in Sex})):
            yield from (((uf, code, str(sex)), by[sex]) for sex in Sex)
            yield (uf, code, ALL), sum(by.values())


def _sums(counts: dict[Cell, int], *, categories: bool, apart: frozenset[str] = frozenset()) -> Iterator[Sum[Cell]]:
    places, codes = ({cell[axis]: None for cell in counts} for axis in (0, 1))
    for uf, code in product(places, codes):
        yield Sum((uf, code, ALL), tuple((uf, code, sex) for sex in SEXES))
    for code, sex in product(codes, (*SEXES, ALL)):
        yield Sum((ALL, code, sex), tuple((uf, code, sex) for uf in places if uf != ALL))
    for uf, sex in product(places, (*SEXES, ALL)) if categories else ():
        parts = tuple((uf, code, sex) for code in codes if code != ALL and code not in apart)
        yield Sum((uf, ALL, sex), parts)


def month_of(day: date) -> tuple[date, date]:
    """From the first of the day's month to the day."""
    return day.replace(day=1), day
