"""What of a figure may be shown to whoever may consult nobody.

A figure is protected in the country and all its states at once, for one modality, since the states add up to it, and
after the figures that it shares lines with (`registry.figures.joint`), since whoever reads one panel reads the others.
Whoever reads this gets no unit, no regime and no age (`consulta.statistics.admission`), and days only at the ends of
months: tables of neighbouring days, or of parts of a state, would give away what one table hides.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from django.db.models import Max

from registry.figures import catalogue as of
from registry.figures import joint
from registry.figures.declared import Counted, Figure, Span
from registry.figures.joint import ALL, PARENT, Cell
from registry.models import FigureBuild
from registry.selectors.figures.cube import Filters, happened, held

KEPT: Final = 512


def hidden(build: FigureBuild, figure: Figure, filters: Filters, known: str = "") -> frozenset[tuple[str, str]]:
    """The cells of a figure to leave out of a state's table, or the country's: (category, sex), "*" for totals.

    `known`: the state whose form the reader signs, and so has exactly: what it would give away of others is left out
    too; its own small counts stay out as for everybody.
    """
    if figure.counted is Counted.PLACES:
        return frozenset()
    stamp = 0
    if figure.span is Span.PERIOD:
        within = FigureBuild.objects.filter(day__range=month_of(build.day))
        stamp = within.aggregate(last=Max("pk"))["last"] or 0
    place = filters.uf or ALL
    out = _hidden(build.pk, figure.id, filters.modality, stamp, "" if place == known else known)
    return frozenset((cell.code, cell.sex) for cell in out if cell.place == place)


@lru_cache(maxsize=KEPT)
def _hidden(build: int, figure_id: str, modality: str, stamp: int, known: str) -> frozenset[Cell]:
    """A build never changes, so neither does this. `stamp`: the last build of the month, for what happened in it."""
    counts = _counts(build, figure_id, modality, stamp)
    shared = PARENT.get(figure_id)
    parent = _counts(build, shared.figure.id, modality, stamp) if shared else {}
    out = _hidden(build, shared.figure.id, modality, stamp, known) if shared else frozenset()
    return joint.hidden(of.FIGURES[figure_id], counts, parent=parent, out=out, known=known)


@lru_cache(maxsize=KEPT)
def _counts(build: int, figure_id: str, modality: str, stamp: int) -> dict[Cell, int]:
    """Every cell shown, totals included, and those that every reader can add up."""
    figure, made = of.FIGURES[figure_id], FigureBuild.objects.get(pk=build)
    states = made.rows.filter(day=made.day, level="E").order_by("uf").values_list("uf", flat=True).distinct()
    tables = {}
    for place in (ALL, *states):
        filters = Filters(uf="" if place == ALL else place, modality=modality)
        found = held(made, filters) if figure.span is Span.AS_OF else happened(*month_of(made.day), filters)
        tables[place] = found.table(figure)
    return joint.cells(figure, tables)


def month_of(day: date) -> tuple[date, date]:
    """From the first of the day's month to the day."""
    return day.replace(day=1), day
