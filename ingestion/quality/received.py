"""What the registry does not have of what a state sent: rows in quarantine, and numbers as they were written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection
from psycopg import sql

from ingestion.mapping.reading import MappingError, read
from ingestion.mapping.schema import Mapping
from ingestion.models import MappingVersion, Rejection, RejectionStatus
from ingestion.reasons import ReasonCode
from ingestion.selectors.rejections import Filters, tally
from registry.models import Origin
from registry.selectors import quality

# A refused removal says nothing of the row's quality.
FAULTY: Final = (RejectionStatus.OPEN, RejectionStatus.WAITING)
MISSING: Final = (ReasonCode.REQUIRED, ReasonCode.PHOTO_MISSING)

# How many rows the state has filled the column in; its place among the row's values goes by the mapping's version.
FILLED = """
SELECT count(*) FROM ingestion_rawrecord m
JOIN (VALUES {versions}) v(mapping, place, nothing) ON v.mapping = m.mapping_id
WHERE m.origin_id = {origin} AND m.view = {view} AND m.presence = 'P'
    AND upper(btrim(m.raw::json->>v.place)) <> ALL (v.nothing)
"""


@dataclass
class Refused:
    """Rows in quarantine because of one field: for being empty, and for anything else."""

    missing: int = 0
    other: int = 0


def rejected_rows(origin: Origin, view: str) -> int:
    """Rows in quarantine that no correction has settled."""
    return Rejection.objects.filter(origin=origin, view=view, status__in=FAULTY).count()


def rejections(origin: Origin, view: str) -> dict[str, Refused]:
    """The same by field; a row with two reasons counts in both."""
    found: dict[str, Refused] = {}
    for line in tally(origin, Filters(view=view, statuses=FAULTY)):
        refused = found.setdefault(line.field, Refused())
        if line.code in MISSING:
            refused.missing += line.rows
        else:
            refused.other += line.rows
    return found


def numbers(origin: Origin, view: str, mappings: dict[int, Mapping]) -> dict[str, int]:
    """For the numbers that the registry holds as empty when they are invalid: rows in which the state wrote one."""
    return {field: _filled(origin, view, field, mappings) for field in quality.unkept_numbers(view)}


def mappings_of(origin: Origin) -> dict[int, Mapping]:
    """Every version of the origin's mapping that can still be read."""
    return dict(_readable(MappingVersion.objects.filter(origin=origin)))


def _readable(versions: Iterable[MappingVersion]) -> Iterable[tuple[int, Mapping]]:
    for version in versions:
        try:
            yield version.pk, read(version.text)
        except MappingError:  # a version of before the format was stricter
            continue


def _filled(origin: Origin, view: str, field: str, mappings: dict[int, Mapping]) -> int:
    versions = [_place(number, mapping, view, field) for number, mapping in mappings.items()]
    known = [place for place in versions if place is not None]
    if not known:
        return 0
    statement = sql.SQL(FILLED).format(
        versions=sql.SQL(", ").join(known), origin=sql.Literal(origin.pk), view=sql.Literal(view)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: int = cursor.fetchone()[0]
    return found


def _place(number: int, mapping: Mapping, view: str, field: str) -> sql.Composed | None:
    given = mapping.views.get(view)
    if given is None or field not in given.fields or given.fields[field].column is None:
        return None
    place = given.columns.index(given.fields[field].column)
    nothing = ["", *(form.strip().upper() for form in mapping.not_declared)]
    return sql.SQL("({}, {}, {}::text[])").format(sql.Literal(number), sql.Literal(place), sql.Literal(nothing))
