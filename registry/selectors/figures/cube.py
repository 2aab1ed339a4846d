"""The counts of one place on one day, and what can be asked of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from registry.figures import catalogue as of
from registry.figures.declared import Figure, Sex
from registry.figures.keys import CATEGORY_BIT, FIGURE_BIT, REGIMES, SEX_BIT, SEXES, unpack
from registry.models import FigureBuild
from registry.selectors.sql import select

HEADLINE: Final = "CELA_FISICA"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is counted. Empty: all. Only physical cells unless another modality, or "" for all of them, is asked for."""

    uf: str = ""
    unit: int | None = None
    modality: str = HEADLINE
    sex: str = ""
    regime: str = ""
    age: str = ""


@dataclass(frozen=True)
class Counts:
    """Counts by packed key (`registry.figures.keys`). Filters have been applied; figures of places and of events know
    neither regime nor age. Never changed once made.
    """

    cells: Mapping[int, int] = field(default_factory=dict)

    def table(self, figure: Figure) -> dict[str, dict[Sex, int]]:
        """Category → sex → count, in the figure's order, zeros included."""
        found = {category.code: dict.fromkeys(Sex, 0) for category in figure.categories}
        codes = list(found)
        for (category, sex), n in self._lines.get(figure.number, {}).items():
            if 0 < category <= len(codes):
                found[codes[category - 1]][SEXES[sex]] = n
        return found

    def total(self, figure: Figure, *codes: str) -> int:
        """The sum of these categories, or of all that are not counted apart."""
        wanted = {figure.number_of(code) for code in codes} or {
            number for code, number in figure.numbers.items() if code not in figure.apart
        }
        return sum(n for (category, _), n in self._lines.get(figure.number, {}).items() if category in wanted)

    def people(self, sex: Sex | None = None) -> int:
        """People held."""
        wanted = None if sex is None else SEXES.index(sex)
        ages = self._lines.get(of.AGE.number, {})
        return sum(n for (_, each), n in ages.items() if wanted is None or each == wanted)

    def regimes(self) -> dict[str, int]:
        """People held by regime; "" for one not informed."""
        found = dict.fromkeys((*REGIMES, ""), 0)
        for number, n in self.cells.items():
            if number >> FIGURE_BIT == of.AGE.number:
                key = unpack(number)
                found[REGIMES[key.regime - 1] if key.regime else ""] += n
        return found

    @cached_property
    def _lines(self) -> dict[int, dict[tuple[int, int], int]]:
        """Figure → (category, number of the sex) → count: every cell looked at once, whatever is then asked."""
        added: dict[int, int] = defaultdict(int)
        for number, n in self.cells.items():
            added[number >> SEX_BIT] += n
        found: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
        for line, n in added.items():
            found[line >> FIGURE_BIT - SEX_BIT][line >> CATEGORY_BIT - SEX_BIT & 255, line & 3] = n
        return found


class _Pack(NamedTuple):
    keys: list[int]
    counts: list[int]


_STOCK: Final = """
SELECT p.keys, p.counts FROM registry_figurerow r JOIN registry_figurepack p ON p.digest = r.stock
WHERE r.build_id = %(build)s AND r.day = %(day)s AND r.level = %(level)s AND r.uf = %(uf)s
  AND (%(unit)s::bigint IS NULL OR r.unit_id = %(unit)s) AND (%(modality)s = '' OR r.modality = %(modality)s)
"""
# Each day of the period in its last version.
_FLOW: Final = """
WITH builds AS (
    SELECT DISTINCT ON (day) day, id FROM registry_figurebuild WHERE day BETWEEN %(first)s AND %(last)s
    ORDER BY day, version DESC
)
SELECT p.keys, p.counts FROM builds b
JOIN registry_figurerow r ON r.build_id = b.id AND r.day = b.day AND r.level = %(level)s AND r.uf = %(uf)s
JOIN registry_figurepack p ON p.digest = r.flow
WHERE (%(unit)s::bigint IS NULL OR r.unit_id = %(unit)s) AND (%(modality)s IN ('', r.modality) OR r.modality = '')
"""


def held(build: FigureBuild, filters: Filters) -> Counts:
    """How things stood at the end of the build's day (one query)."""
    packs = select(_Pack, _STOCK, {**_place(filters), "build": build.pk, "day": build.day})
    return Counts(_added(packs, filters))


def happened(first: date, last: date, filters: Filters) -> Counts:
    """What happened from one day to another, both included, on the days that were counted (one query)."""
    packs = select(_Pack, _FLOW, {**_place(filters), "first": first, "last": last})
    return Counts(_added(packs, Filters(sex=filters.sex)))


def latest(day: date | None = None, version: int | None = None) -> FigureBuild | None:
    """The last build of a day, or of the last day counted on or before it; None when nothing was ever counted."""
    builds = FigureBuild.objects.order_by("-day", "-version")
    if day is not None and version is not None:
        return builds.filter(day=day, version=version).first()
    return builds.filter(day__lte=day).first() if day else builds.first()


def _place(filters: Filters) -> dict[str, object]:
    level = "U" if filters.unit is not None else "E" if filters.uf else "P"
    return {"level": level, "uf": filters.uf, "unit": filters.unit, "modality": filters.modality}


def _added(packs: Iterable[_Pack], filters: Filters) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for pack in packs:
        for number, n in zip(pack.keys, pack.counts, strict=True):
            found[number] += n
    if not (filters.sex or filters.regime or filters.age):
        return found
    return {number: n for number, n in found.items() if _counts(number, filters)}


def _counts(number: int, filters: Filters) -> bool:
    """Does a count belong to those asked for? Places have a sex, and neither regime nor age."""
    key = unpack(number)
    if filters.sex and key.sex != filters.sex:
        return False
    if key.figure == of.CAPACITY.number:
        return True
    if filters.regime and key.regime != REGIMES.index(filters.regime) + 1:
        return False
    return not filters.age or key.age == of.AGE.number_of(filters.age) - 1
