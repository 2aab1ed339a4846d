"""Editions of the form: made of a semester, signed by the state's statistician, kept as they were."""

from collections import Counter
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.figures import catalogue as of
from registry.models import FigureEdition, Finding, FindingStatus, Origin, Unit
from registry.selectors.figures.cube import Counts, Filters, held
from registry.selectors.figures.form import values
from registry.selectors.figures.tables import table
from registry.services import bulk
from registry.services.figures import counting
from registry.services.figures.building import build


class EditionError(Exception):
    """What was asked of an edition cannot be done; the message says why, in pt-BR."""


class _Cell(NamedTuple):
    unit: int
    key: int
    n: int


_OPEN: Final = (FindingStatus.OPEN, FindingStatus.ACKNOWLEDGED)


@transaction.atomic
def make(uf: str, last: date, *, by: Actor) -> FigureEdition:
    """Make the next version of a state's form of the semester that ends on `last`, from the records as they are.

    Raises EditionError for a day that ends no semester, and for one still to come.
    """
    first = _semester(last)
    if last > timezone.localdate():
        raise EditionError("O semestre ainda não terminou. Escolha uma data de referência que já passou.")
    built = build(last, by=by)
    peoples = _peoples()
    units = list(Unit.objects.select_related("origin").filter(origin__uf=uf, removed_at=None).order_by("name", "pk"))
    flows = _flows(first, last)
    found: dict[str, dict[str, int | str]] = {}
    total: Counter[int] = Counter()
    for unit in units:
        stock = held(built, Filters(uf=uf, unit=unit.pk, modality=""))
        total.update(stock.cells)
        both = Counts({**stock.cells, **flows.get(unit.pk, {})})  # a figure is of what stood or of what happened
        found[str(unit.public_id)] = {
            str(column): value for column, value in values(both, unit, peoples.get(unit.pk)).items()
        }
    latest = FigureEdition.objects.filter(uf=uf, last=last).order_by("-version").first()
    edition = FigureEdition.objects.create(
        uf=uf, first=first, last=last, version=latest.version + 1 if latest else 1, build=built, values=found,
        coverage=_coverage(Counts(total)), findings=_findings(uf),
    )  # fmt: skip
    _record(edition, "made", by)
    return edition


@transaction.atomic
def sign(edition: FigureEdition, *, remarks: str, by: Actor) -> FigureEdition:
    """Sign an edition: from then on it is published. Raises EditionError if it is signed already."""
    kept = FigureEdition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
    if kept.signed_at is not None:
        raise EditionError("Esta versão já foi assinada. Uma correção é uma nova versão.")
    kept.remarks, kept.signed_by, kept.signed_at = remarks, by.username, timezone.now()
    kept.save(update_fields=["remarks", "signed_by", "signed_at"])
    _record(kept, "signed", by)
    return kept


def semesters(today: date, number: int = 4) -> list[date]:
    """The last days of the semesters that have ended, the newest first."""
    years = range(today.year, today.year - number, -1)
    ends = [date(year, month, day) for year in years for month, day in ((12, 31), (6, 30))]
    return [end for end in ends if end <= today][:number]


def _semester(last: date) -> date:
    if (last.month, last.day) == (6, 30):
        return date(last.year, 1, 1)
    if (last.month, last.day) == (12, 31):
        return date(last.year, 7, 1)
    raise EditionError("A data de referência do Levantamento é 30 de junho ou 31 de dezembro.")


def _flows(first: date, last: date) -> dict[int, dict[int, int]]:
    """What happened in each unit within the period, from the records: people visited count once in it."""
    with connection.cursor() as cursor:
        bulk.temporary(
            cursor, "figures_cells", "origin_id bigint, unit_id bigint, key integer, n integer, flow boolean NOT NULL"
        )
        counting.happened(cursor, first, last)
        cursor.execute("SELECT unit_id, key, n FROM figures_cells")
        found: dict[int, dict[int, int]] = {}
        for cell in map(_Cell._make, cursor.fetchall()):
            of_unit = found.setdefault(cell.unit, {})
            of_unit[cell.key] = of_unit.get(cell.key, 0) + cell.n
    return found


def _peoples() -> dict[int, dict[str, int]]:
    """Unit → indigenous people → how many of those that the build's count found held (5.2); names as states write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.unit_id, upper(p.indigenous_people), count(*)::int"
            " FROM figures_held h JOIN registry_prisoner p ON p.record_ptr_id = h.record_id"
            " WHERE p.indigenous_people <> '' GROUP BY 1, 2"
        )
        found: dict[int, dict[str, int]] = {}
        for unit, people, n in cursor.fetchall():
            found.setdefault(unit, {})[people] = n
        return found


def _coverage(counts: Counts) -> dict[str, float | None]:
    return {figure.id: table(figure, counts).coverage for figure in of.STOCKS if figure.missing}


def _findings(uf: str) -> dict[str, int]:
    """How many open findings of each rule the state has: what may make its figures wrong."""
    open_ones = Finding.objects.filter(status__in=_OPEN, origins__overlap=_origins(uf))
    return dict(open_ones.order_by("rule").values_list("rule").annotate(Count("pk")))


def _origins(uf: str) -> list[int]:
    return list(Origin.objects.filter(uf=uf).values_list("pk", flat=True))


def _record(edition: FigureEdition, action: str, by: Actor) -> None:
    detail: dict[str, Any] = {"uf": edition.uf, "last": f"{edition.last:%Y-%m-%d}", "version": edition.version}
    recorder.record_with(Event(kind=Kind.FIGURES_SIGNED, actor=by, action=f"edition.{action}", detail=detail))
