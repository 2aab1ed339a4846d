"""Reads the health of sources, many at a time with few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Max, Q

from ingestion import clock, forecast, schedule
from ingestion.health import parts
from ingestion.health.shapes import AlertLine, CertificateHealth, Pause, Progress, SourceHealth, ViewProgress
from ingestion.models import (
    Agreement,
    Alert,
    AlertKind,
    Breaker,
    BreakerState,
    CertificateKind,
    Load,
    LoadKind,
    LoadStatus,
    LoadView,
    Rejection,
    RejectionStatus,
    Source,
    SourceCertificate,
    ViewState,
)
from ingestion.models.load import UNFINISHED
from ingestion.services import agreements
from ingestion.services.refusals import first_of


def sources() -> list[SourceHealth]:
    """Every source, by origin code."""
    return of(Source.objects.select_related("origin", "mapping"))


def of(chosen: Iterable[Source]) -> list[SourceHealth]:
    """The given sources, in their order."""
    known = list(chosen)
    reading = _Reading(known)
    return [reading.health(source) for source in known]


def progress(load_id: int) -> Progress:
    """A load as it stands now. Raises Load.DoesNotExist."""
    return _progress(Load.objects.get(pk=load_id))


class _Reading:
    """What is known of some sources at one moment."""

    def __init__(self, known: Sequence[Source]) -> None:
        self.now: datetime = clock.now()
        ids, origins = [source.pk for source in known], {source.origin_id for source in known}
        self._standing = _standing(origins)
        self._breakers = {found.source_id: found for found in Breaker.objects.filter(source__in=ids)}
        signed = Agreement.objects.filter(origin__in=origins).select_related("agency").prefetch_related("goals")
        signed = signed.order_by("signed_on", "id")
        # The one in force, else the latest.
        ordered = sorted(signed, key=lambda agreement: agreement.status == "in_force")
        self._agreements = {agreement.origin_id: agreement for agreement in ordered}
        self._certificates: dict[int, list[CertificateHealth]] = defaultdict(list)
        for seen in SourceCertificate.objects.filter(source__in=ids).order_by("expires_at"):
            found = CertificateHealth(CertificateKind(seen.kind), seen.name, seen.expires_at)
            self._certificates[seen.source_id].append(found)
        self._alerts: dict[int | None, list[AlertLine]] = defaultdict(list)
        for alert in Alert.objects.filter(source__in=ids, closed_at=None).order_by("opened_at"):
            line = AlertLine(alert.pk, AlertKind(alert.kind), alert.text, alert.opened_at, alert.acknowledged_by)
            self._alerts[alert.source_id].append(line)
        loads = Load.objects.filter(source__in=ids).order_by().values("source")
        latest = loads.annotate(last=Max("pk")).values_list("last", flat=True)
        good = loads.filter(status=LoadStatus.FINISHED).annotate(last=Max("pk")).values_list("last", flat=True)
        self._latest = {load.source_id: load for load in Load.objects.filter(pk__in=latest).prefetch_related("views")}
        self._good = {load.source_id: load for load in Load.objects.filter(pk__in=good).prefetch_related("views")}

    def health(self, source: Source) -> SourceHealth:
        origin, breaker = source.origin, self._breakers.get(source.pk)
        agreement = self._agreements.get(source.origin_id)
        latest, good = self._latest.get(source.pk), self._good.get(source.pk)
        open_count, waiting_count = self._standing.get(source.origin_id, (0, 0))
        lag = self.now - origin.loaded_at if origin.loaded_at else None
        refusal = first_of(source, agreements.words(agreement, agreements.today(origin, self.now)))
        return SourceHealth(
            source=source.pk,
            origin=origin.code,
            origin_name=origin.name,
            uf=origin.uf,
            rule=source.rule,
            enabled=source.enabled,
            pause=None if source.enabled else Pause(source.paused_by, source.paused_at, source.pause_reason),
            loaded_at=origin.loaded_at,
            lag=lag,
            fresh=lag is not None and -clock.TOLERANCE < lag <= origin.fresh_for,
            open_rejections=open_count,
            waiting_rejections=waiting_count,
            last_good=_progress(good) if good else None,
            latest=_progress(latest) if latest else None,
            schedule=schedule.words(source),
            next_at=None if refusal else self._next_at(source, latest, breaker),
            refusal=refusal,
            breaker=parts.breaker(breaker) if breaker else None,
            agreement=parts.agreement(agreement, source, self.now) if agreement else None,
            certificates=tuple(self._certificates[source.pk]),
            alerts=tuple(self._alerts[source.pk]),
        )

    def _next_at(self, source: Source, latest: Load | None, breaker: Breaker | None) -> datetime | None:
        if breaker is not None and breaker.state == BreakerState.OPEN:
            return breaker.probe_at
        if latest is not None and latest.status in UNFINISHED:
            return latest.retry_at
        return schedule.next_start(source, latest.created_at if latest else None, self.now)


def _progress(load: Load) -> Progress:
    return Progress(
        load=load.pk,
        kind=LoadKind(load.kind),
        status=LoadStatus(load.status),
        created_at=load.created_at,
        started_at=load.started_at,
        finished_at=load.finished_at,
        retry_at=load.retry_at,
        failures=load.failures,
        requested_by=load.requested_by,
        cause=load.cause,
        reference=load.reference,
        views=tuple(_view(view) for view in load.views.all()),
        expected=forecast.rows(load) if load.status in UNFINISHED else None,
    )


def _standing(origins: Iterable[int]) -> dict[int, tuple[int, int]]:
    counted = (
        Rejection.objects.filter(origin__in=origins)
        .order_by()
        .values_list("origin")
        .annotate(
            open=Count("pk", filter=Q(status=RejectionStatus.OPEN)),
            waiting=Count("pk", filter=Q(status=RejectionStatus.WAITING)),
        )
    )
    return {origin: (open_count, waiting_count) for origin, open_count, waiting_count in counted}


def _view(view: LoadView) -> ViewProgress:
    return ViewProgress(
        view=view.view,
        state=ViewState(view.state),
        read=view.read_count,
        rejected=view.rejected_count,
        waiting=view.waiting_count,
        new=view.new_count,
        changed=view.changed_count,
        removed=view.removed_count,
        unchanged=view.unchanged_count,
    )
