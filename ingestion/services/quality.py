"""Measuring the quality of what an origin sent: once a day, after a load, and only the views that changed."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from ingestion import clock
from ingestion.contract import VIEWS, View
from ingestion.contract.types import STATUS
from ingestion.contract.views import domain_codes
from ingestion.models import (
    DelayQuality,
    FieldQuality,
    Load,
    LoadStatus,
    LoadView,
    Rejection,
    ViewQuality,
    ViewState,
)
from ingestion.quality import received, scores
from registry.models import Origin
from registry.selectors import quality

logger = logging.getLogger("ingestion")

TASK = "ingestion.measure_quality"
# The first half of the key of this service's advisory locks; the second is the origin's id.
LOCK = 1_480_938_512
# What other states send may contradict a view that nothing changed.
AT_LEAST = timedelta(days=7)


def due(now: datetime) -> Iterator[Origin]:
    """Origins with a load that no measure knows of, none of today, and no load under way."""
    today = timezone.localdate(now)
    busy = Load.objects.filter(status=LoadStatus.RUNNING).values("source__origin")
    finished = Load.objects.filter(status=LoadStatus.FINISHED).values("source__origin")
    newest = dict(finished.annotate(last=Max("pk")).values_list("source__origin", "last"))
    known = {
        origin: (load, day)
        for origin, load, day in ViewQuality.objects.order_by()
        .values("origin")
        .annotate(last=Max("load"), latest=Max("day"))
        .values_list("origin", "last", "latest")
    }
    for origin in Origin.objects.filter(pk__in=newest).exclude(pk__in=busy):
        load, day = known.get(origin.pk, (0, None))
        if newest[origin.pk] > load and day != today:
            yield origin


def measure(origin: Origin) -> int:
    """Take today's measure of an origin in place of an earlier one of today; how many views were counted anew.

    Nothing a load waits for is locked. Two at once: the second does nothing.
    """
    now = clock.now()
    with transaction.atomic():
        if not _alone(origin):
            return 0
        load = Load.objects.filter(source__origin=origin, status=LoadStatus.FINISHED).latest("pk")
        today = timezone.localdate(now)
        before = _before(origin, today)
        ViewQuality.objects.filter(origin=origin, day=today).delete()
        counted = 0
        for view in _views(origin):
            if _stands(before.get(view), now):
                _carry(before[view], today, load)
            else:
                _count(origin, VIEWS[view], today, load, now)
                counted += 1
    took = (clock.now() - now).total_seconds()
    logger.info("quality of %s: %s views counted in %.1f s", origin.code, counted, took)
    return counted


def _alone(origin: Origin) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s::int)", [LOCK, origin.pk])
        held: bool = cursor.fetchone()[0]
    return held


def _views(origin: Origin) -> list[str]:
    """The views that were ever published, by the order of loads."""
    loaded = LoadView.objects.filter(load__source__origin=origin, state=ViewState.PUBLISHED)
    names = set(loaded.values_list("view", flat=True).distinct())
    return [name for name in VIEWS if name in names]


def _before(origin: Origin, today: date) -> dict[str, ViewQuality]:
    """The last measure of each view before today."""
    found = ViewQuality.objects.filter(origin=origin, day__lt=today).order_by("view", "-day").distinct("view")
    return {one.view: one for one in found}


def _stands(last: ViewQuality | None, now: datetime) -> bool:
    """Whether nothing that a measure counts has changed since."""
    if last is None or now - last.measured_at >= AT_LEAST:
        return False
    loaded = LoadView.objects.filter(load__source__origin=last.origin_id, load__gt=last.load_id, view=last.view)
    moved = loaded.filter(Q(new_count__gt=0) | Q(changed_count__gt=0) | Q(removed_count__gt=0))
    rejections = Rejection.objects.filter(origin=last.origin_id, view=last.view)
    at = last.measured_at
    return not moved.exists() and not rejections.filter(Q(created_at__gt=at) | Q(settled_at__gt=at)).exists()


def _carry(last: ViewQuality, today: date, load: Load) -> None:
    """The same numbers for another day."""
    fields, delays = list(last.fields.all()), list(last.delays.all())
    last.pk, last.day, last.load, last._state.adding = None, today, load, True
    last.save()
    for field in fields:
        field.pk, field.measure = None, last
    for delay in delays:
        delay.pk, delay.measure = None, last
    FieldQuality.objects.bulk_create(fields)
    DelayQuality.objects.bulk_create(delays)


def _count(origin: Origin, view: View, today: date, load: Load, now: datetime) -> None:
    counted = quality.count_view(origin, view.name, codes=_codes(view), since=_first_read(origin, view))
    refused = received.rejections(origin, view.name)
    numbers = received.numbers(origin, view.name, received.mappings_of(origin))
    one = ViewQuality(
        origin=origin,
        view=view.name,
        day=today,
        load=load,
        measured_at=now,
        rows=counted.rows,
        rejected=received.rejected_rows(origin, view.name),
    )
    fields = [
        _field(one, name, counted.fields.get(name) or _always(view, name, counted.rows), refused, numbers)
        for name in view.by_name
        if name in counted.fields or view.by_name[name].required or name in refused
    ]
    delays = [
        DelayQuality(measure=one, span=kind, rows=found.rows, on_time=found.on_time, mean=found.mean, p95=found.p95)
        for kind, found in counted.delays.items()
    ]
    scores.rate(one, fields, delays)
    one.save()
    FieldQuality.objects.bulk_create(fields)
    DelayQuality.objects.bulk_create(delays)


def _always(view: View, name: str, rows: int) -> quality.FieldCount:
    """A field without a column of its own: no row is in the registry without a key, a parent or an image."""
    return quality.FieldCount(rows, rows) if view.by_name[name].required else quality.FieldCount()


def _field(
    measure: ViewQuality,
    name: str,
    counted: quality.FieldCount,
    refused: dict[str, received.Refused],
    numbers: dict[str, int],
) -> FieldQuality:
    faults = dict(counted.faults)
    informed = max(counted.informed, numbers.get(name, 0))
    if informed > counted.informed:
        faults[quality.Fault.UNREADABLE] = informed - counted.informed
    invalid = sum(count for fault, count in faults.items() if fault in scores.INVALID)
    given = refused.get(name, received.Refused())
    return FieldQuality(
        measure=measure,
        field=name,
        expected=counted.expected,
        informed=informed,
        uncoded=counted.uncoded,
        invalid=invalid,
        conflicts=sum(faults.values()) - invalid,
        missing=given.missing,
        rejected=given.other,
        faults={str(fault): count for fault, count in faults.items()},
    )


def _codes(view: View) -> dict[str, frozenset[str]]:
    coded = (field for field in view.fields if field.domain and field.name != STATUS)
    return {field.name: domain_codes(field.domain) for field in coded if field.domain}


def _first_read(origin: Origin, view: View) -> datetime:
    """When the view was first asked for: what changed at the state before was already late for us."""
    first = LoadView.objects.filter(load__source__origin=origin, view=view.name, state=ViewState.PUBLISHED).earliest(
        "load_id"
    )
    return first.load.started_at or first.load.created_at
