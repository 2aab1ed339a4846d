"""The panels, and reading one."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from consulta.statistics.admission import Reader
from registry.figures import catalogue as of
from registry.figures.declared import Figure, Span
from registry.models import FigureBuild
from registry.selectors.figures import places
from registry.selectors.figures.cube import Counts, Filters, happened, held, latest
from registry.selectors.figures.protected import hidden, month_of
from registry.selectors.figures.tables import Table, hide, table

UNITS_SHOWN: Final = 50
SERIES_DAYS: Final = 730


@dataclass(frozen=True, slots=True)
class Panel:
    """A page of figures; `summary` says in a line what it shows."""

    slug: str
    title: str
    summary: str
    figures: tuple[Figure, ...] = ()


PANELS: Final = {
    panel.slug: panel
    for panel in (
        Panel("visao-geral", "Visão geral", "População, vagas e ocupação por estado e estabelecimento"),
        Panel("populacao", "Regime e vagas", "Quem está sob custódia, por regime e justiça, e para quantos há vaga",
              (of.POPULATION, of.PROVISIONAL, of.RDD, of.CAPACITY)),
        Panel("perfil", "Perfil", "Idade, raça, escolaridade e família",
              (of.AGE, of.RACE, of.SCHOOLING, of.MARITAL, of.AREA, of.CHILDREN, of.VISITED)),
        Panel("documentos", "Documentos", "Nacionalidade, documentos e deficiência",
              (of.NATIONALITY, of.DOCUMENTS, of.DISABILITY)),
        Panel("penas", "Crimes e penas", "Incidências por tipo penal e tempo de pena",
              (of.OFFENCES, of.SENTENCE, of.REMAINING)),
        Panel("trabalho-e-estudo", "Trabalho e estudo", "Vagas de trabalho, remuneração e ensino",
              (of.LABOUR, of.PAY, of.STUDY, of.WORK_AND_STUDY)),
        Panel("movimento", "Movimento do mês", "Entradas, saídas, óbitos, visitas e transferências entre estados",
              (of.MOVEMENTS, of.DEATHS, of.VISITS, of.SENT, of.TAKEN_IN)),
        Panel("cobertura", "Cobertura e conferência", "Quanto de cada bloco é informado, e se a apuração confere"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What a panel reads, when it is first asked for: no panel needs all of it. `knows`: the state whose form the
    reader signs.
    """

    panel: Panel
    build: FigureBuild
    filters: Filters
    exact: bool
    knows: str = ""

    @cached_property
    def stock(self) -> Counts:
        """How things stood at the end of the build's day."""
        return held(self.build, self.filters)

    @cached_property
    def day(self) -> Counts:
        """What happened on the build's day."""
        return happened(self.build.day, self.build.day, self.filters)

    @cached_property
    def month(self) -> Counts:
        """What happened since the build's month began."""
        return happened(*month_of(self.build.day), self.filters)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The panel's figures."""
        figures = coverage_of() if self.panel.slug == "cobertura" else self.panel.figures
        return tuple(self.table(figure) for figure in figures)

    def table(self, figure: Figure) -> Table:
        """A figure with these filters, protected for whoever may not see every count."""
        whole = table(figure, self.stock if figure.span is Span.AS_OF else self.month)
        return whole if self.exact else hide(whole, hidden(self.build, figure, self.filters, self.knows))


def read(panel: Panel, day: date | None, filters: Filters, reader: Reader) -> Reading | None:
    """A panel of the last day counted on or before `day`; None when none was."""
    build = build_for(day, reader)
    return None if build is None else Reading(panel, build, reader.bounded(filters), reader.exact, reader.signs)


def build_for(day: date | None, reader: Reader) -> FigureBuild | None:
    """The build to show: the last one, or for protected counts the last of the end of a month."""
    build = latest(day)
    while build is not None and not reader.exact and not ends_a_month(build.day):
        build = latest(build.day.replace(day=1) - timedelta(days=1))
    return build


def ends_a_month(day: date) -> bool:
    """Is it the last of its month?"""
    return (day + timedelta(days=1)).day == 1


def coverage_of() -> tuple[Figure, ...]:
    """The figures whose datum can be missing."""
    return tuple(figure for figure in of.STOCKS if figure.missing)


def series(reading: Reading) -> list[places.Point]:
    """Two years of days up to the build's. For protected counts the country's ends of months with enough people: a
    state's would tell, month by month, what its table leaves out so that another state's cannot be worked out.
    """
    if not reading.exact and reading.filters.uf:
        return []
    last = reading.build.day
    found = places.series(last - timedelta(days=SERIES_DAYS), last, reading.filters)
    return found if reading.exact else [p for p in found if ends_a_month(p.day) and not 0 < p.people < 5]
