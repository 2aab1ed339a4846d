"""Who is behind a figure: the people that one cell of a table counts."""

from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from registry.figures.declared import Figure, Sex
from registry.figures.keys import CATEGORY_BIT, FIGURE_BIT, SEX_BIT, SEXES
from registry.models import FigureBuild
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.figures.cube import Filters
from registry.selectors.people.subject import PersonRef
from registry.services.figures.counting import BLOCKS, hold

MOST: Final = 100


class Counted(NamedTuple):
    """Somebody a figure counts, and where they are held."""

    person: PersonRef
    unit: str
    uf: str


_WHO: Final = f"""
SELECT DISTINCT ON (r.name, p.public_id) p.public_id, r.name, u.name, o.uf, count(*) OVER ()
FROM ({{block}}) b (person_id, unit_id, key)
JOIN figures_held h ON h.person_id = b.person_id
JOIN registry_person p ON p.id = b.person_id JOIN registry_record r ON r.id = h.record_id
JOIN registry_unit u ON u.id = h.unit_id JOIN registry_origin o ON o.id = u.origin_id
WHERE b.key >> {CATEGORY_BIT} = %(line)s AND (%(sex)s::int IS NULL OR (b.key >> {SEX_BIT}) & 3 = %(sex)s)
  AND (%(uf)s = '' OR o.uf = %(uf)s) AND (%(modality)s = '' OR u.modality = %(modality)s)
  AND (%(unit)s::bigint IS NULL OR u.id = %(unit)s) AND {seals.seen("p.id")}
ORDER BY r.name, p.public_id LIMIT {MOST}
"""  # noqa: S608 - composed of constants


@transaction.atomic
def people(build: FigureBuild, figure: Figure, code: str, filters: Filters, scope: Scope) -> list[Counted]:
    """Up to 100 of those the records now say belong to a category at the end of the build's day, by name."""
    line = (figure.number << FIGURE_BIT - CATEGORY_BIT) | figure.number_of(code)
    asked: dict[str, Any] = {
        **seals.bound(scope),
        "day": build.day, "line": line, "uf": filters.uf, "unit": filters.unit, "modality": filters.modality,
        "sex": SEXES.index(Sex(filters.sex)) if filters.sex else None,
    }  # fmt: skip
    block = next(each for each in BLOCKS if figure in each.figures)
    with connection.cursor() as cursor:
        hold(cursor, build.day, uf=filters.uf, unit=filters.unit)
        cursor.execute(_WHO.format(block=block.rows), asked)
        return [Counted(PersonRef(row[0], row[1]), row[2], row[3]) for row in cursor.fetchall()]
