"""The states at a glance and how much is informed: the same lines for the page, its files and programs."""

from dataclasses import dataclass
from typing import Final

from consulta.statistics.panels import Reading
from registry.figures import catalogue as of
from registry.selectors.figures import places
from registry.selectors.figures.cube import Filters
from registry.selectors.figures.protected import hidden
from registry.selectors.figures.tables import ALL

SUPPRESSED: Final = "suprimido"
STATES_HEAD: Final = (
    "uf", "pessoas", "vagas", "ocupacao_percentual", "mulheres", "provisorios", "entradas_no_dia", "saidas_no_dia",
)  # fmt: skip
COVERAGE_HEAD: Final = ("secao", "informacao", "populacao", "informado_percentual")

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state's counts; None where one is left out. `places` is None when the state informs none."""

    uf: str
    people: int | None
    places: int | None
    occupancy: int | None
    women: int | None
    provisional: int | None
    entered: int | None
    left: int | None


def states(reading: Reading) -> list[StateLine]:
    """Every state with people or places. Without exact counts only people, and of no state that is hidden."""
    found = places.states(reading.build, reading.filters.modality)
    return [_line(place, reading) for place in found if place.people or place.places]


def _line(place: places.Place, reading: Reading) -> StateLine:
    if reading.exact:
        return StateLine(
            place.uf, place.people, place.places, place.occupancy, place.women, place.provisional, place.entered,
            place.left,
        )  # fmt: skip
    here = Filters(uf=place.uf, modality=reading.filters.modality)
    if (ALL, ALL) in hidden(reading.build, of.AGE, here, reading.knows):
        return StateLine(place.uf, None, place.places, None, None, None, None, None)
    return StateLine(place.uf, place.people, place.places, place.occupancy, None, None, None, None)


def state_rows(reading: Reading) -> list[tuple[Value, ...]]:
    """A line for each state, under `STATES_HEAD`: what is left out says so, places not informed are empty."""
    found: list[tuple[Value, ...]] = [STATES_HEAD]
    for line in states(reading):
        full = SUPPRESSED if line.people is None else line.occupancy
        rest = (line.women, line.provisional, line.entered, line.left)
        found.append((line.uf, _told(line.people), line.places, full, *map(_told, rest)))
    return found


def coverage_rows(reading: Reading) -> list[tuple[Value, ...]]:
    """A line for each figure, under `COVERAGE_HEAD`: the percentage informed, empty where it counts nobody."""
    return [
        COVERAGE_HEAD,
        *(
            (each.figure.section, each.figure.title, each.figure.population,
             SUPPRESSED if each.coverage is None and each.hides else each.coverage)
            for each in reading.tables
        ),
    ]  # fmt: skip


def _told(n: int | None) -> Value:
    return SUPPRESSED if n is None else n
