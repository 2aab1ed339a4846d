"""Prometheus metrics of the loads, read from the database: any web process gives the same answer. Counts only."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from celery import current_app
from django.db.models import Count, Sum
from kombu.exceptions import OperationalError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ingestion import clock, health, lanes
from ingestion.models import Alert, AlertKind, BreakerState, Heartbeat, Load, LoadStatus, LoadView, ReferenceCheck
from registry.selectors.figures import checks

ANSWER_S = 2
PREFIX = "senappen_ingestion"
STATES = {BreakerState.CLOSED: 0, BreakerState.HALF_OPEN: 1, BreakerState.OPEN: 2}
COUNTERS = {
    "read": "read_count", "rejected": "rejected_count", "new": "new_count", "changed": "changed_count",
    "removed": "removed_count", "unchanged": "unchanged_count",
}  # fmt: skip


def exposition() -> bytes:
    """Everything in the text format that Prometheus reads."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Loads())
    return generate_latest(registry)


class _Loads(Collector):
    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        now = clock.now()
        yield from _totals()
        yield from _sources(now)
        yield from _processes(now)
        yield from _references(now)
        yield from _figures(now)


def _totals() -> Iterable[Metric]:
    loads = GaugeMetricFamily(f"{PREFIX}_loads", "Loads by origin and status.", labels=["origin", "status"])
    counted = Load.objects.order_by().values_list("source__origin__code", "status").annotate(Count("pk"))
    for origin, status, count in counted:
        loads.add_metric([origin, status], count)
    yield loads
    rows = CounterMetricFamily(f"{PREFIX}_rows", "Rows by origin and outcome.", labels=["origin", "outcome"])
    sums = {name: Sum(column) for name, column in COUNTERS.items()}
    for origin, *found in LoadView.objects.order_by().values_list("load__source__origin__code").annotate(**sums):
        for outcome, count in zip(COUNTERS, found, strict=True):
            rows.add_metric([origin, outcome], count or 0)
    yield rows
    alerts = GaugeMetricFamily(f"{PREFIX}_alerts_open", "Open alerts by kind.", labels=["kind"])
    standing = dict(Alert.objects.filter(closed_at=None).order_by().values_list("kind").annotate(Count("pk")))
    for kind in AlertKind:
        alerts.add_metric([kind], standing.get(kind, 0))
    yield alerts


def _sources(now: datetime) -> Iterable[Metric]:
    gauges = {
        "enabled": "Whether the source loads by itself.",
        "lag_seconds": "Age of the origin's data.",
        "fresh": "Whether it is as fresh as promised.",
        "last_load_seconds": "How long the last finished load took.",
        "quarantine_open": "Rejected rows that wait for a correction.",
        "quarantine_waiting": "Rejected rows that wait for the next load.",
        "breaker_state": "0 closed, 1 half-open, 2 open.",
        "agreement_ends_seconds": "Until the end of the agreement.",
        "certificate_expires_seconds": "Until the first of the source's certificates expires.",
        "running_rows": "Rows read by the load that runs now.",
    }
    families = {name: GaugeMetricFamily(f"{PREFIX}_{name}", text, labels=["origin"]) for name, text in gauges.items()}
    for source in health.sources():
        for name, value in _values(source, now).items():
            if value is not None:
                families[name].add_metric([source.origin], value)
    return families.values()


def _values(source: health.SourceHealth, now: datetime) -> dict[str, float | None]:
    latest, good, agreement = source.latest, source.last_good, source.agreement
    first = min((found.expires_at for found in source.certificates), default=None)
    running = latest is not None and latest.status is LoadStatus.RUNNING
    return {
        "enabled": source.enabled,
        "lag_seconds": source.lag.total_seconds() if source.lag is not None else None,
        "fresh": source.fresh,
        "last_load_seconds": good.elapsed.total_seconds() if good else None,
        "quarantine_open": source.open_rejections,
        "quarantine_waiting": source.waiting_rejections,
        "breaker_state": STATES[source.breaker.state] if source.breaker else 0,
        "agreement_ends_seconds": 86_400 * agreement.days_left if agreement else None,
        "certificate_expires_seconds": (first - now).total_seconds() if first else None,
        "running_rows": latest.read if latest and running else None,
    }


def _processes(now: datetime) -> Iterable[Metric]:
    seen = GaugeMetricFamily(f"{PREFIX}_heartbeat_age_seconds", "Since a process last gave a sign.", labels=["process"])
    for beat in Heartbeat.objects.all():
        seen.add_metric([beat.name], max((now - beat.seen_at).total_seconds(), 0))
    yield seen
    length = GaugeMetricFamily(f"{PREFIX}_queue_length", "Messages that no worker has taken.", labels=["queue"])
    for queue, count in _queues().items():
        length.add_metric([queue], count)
    yield length


def _references(now: datetime) -> Iterable[Metric]:
    missing = GaugeMetricFamily(f"{PREFIX}_rows_without_parent", "At most 1000 a column.", labels=["reference"])
    age = GaugeMetricFamily(f"{PREFIX}_reference_check_age_seconds", "Since it last ended.", labels=["reference"])
    for one in ReferenceCheck.objects.all():
        if one.missing is not None:
            missing.add_metric([one.reference], one.missing)
        if one.finished_at is not None:
            age.add_metric([one.reference], max((now - one.finished_at).total_seconds(), 0))
    yield missing
    yield age


def _figures(now: datetime) -> Iterable[Metric]:
    differing = GaugeMetricFamily(f"{PREFIX}_figure_rows_differing", "Statistics unlike a recount.", labels=["day"])
    age = GaugeMetricFamily(f"{PREFIX}_figure_check_age_seconds", "Since statistics were last counted again.")
    checked = checks.checked()
    for build in checked:
        differing.add_metric([f"{build.day:%Y-%m-%d}"], build.differences or 0)
    if times := [build.checked_at for build in checked if build.checked_at is not None]:
        age.add_metric([], max((now - max(times)).total_seconds(), 0))
    yield differing
    yield age


def _queues() -> dict[str, int]:
    """Messages by queue; none known while Redis does not answer."""
    try:
        with current_app.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, timeout=ANSWER_S)
            channel: Any = connection.default_channel
            return {queue: int(channel._size(queue)) for queue in (lanes.DEFAULT, lanes.SHORT, lanes.LONG)}
    except (OperationalError, OSError):
        return {}
