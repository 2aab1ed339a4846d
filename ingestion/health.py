"""How each source is doing: freshness, the running load's progress, what stands in quarantine. Counts only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q

from ingestion.models import Load, LoadStatus, LoadView, Rejection, RejectionStatus, Source, ViewState


@dataclass(frozen=True)
class ViewProgress:
    """One view of a load."""

    view: str
    state: ViewState
    read: int
    rejected: int
    waiting: int
    new: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True)
class Progress:
    """One load. `rate` is rows read per second since it began."""

    load: int
    status: LoadStatus
    started_at: datetime | None
    finished_at: datetime | None
    cause: str
    reference: str
    views: tuple[ViewProgress, ...]

    @property
    def read(self) -> int:
        return sum(view.read for view in self.views)

    @property
    def views_done(self) -> int:
        return sum(view.state is ViewState.PUBLISHED for view in self.views)

    @property
    def rate(self) -> float:
        if self.started_at is None:
            return 0.0
        elapsed = (self.finished_at or datetime.now(UTC)) - self.started_at
        return self.read / max(elapsed.total_seconds(), 0.001)


@dataclass(frozen=True)
class SourceHealth:
    """One source. `lag` is the age of its data; `fresh` compares it with what the origin promised."""

    source: int
    origin: str
    rule: int
    enabled: bool
    loaded_at: datetime | None
    lag: timedelta | None
    fresh: bool
    open_rejections: int
    waiting_rejections: int
    latest: Progress | None


def sources() -> list[SourceHealth]:
    """Every source, by origin code."""
    now = datetime.now(UTC)
    known = list(Source.objects.select_related("origin"))
    standing = _standing({source.origin_id for source in known})
    return [_health(source, now, *standing.get(source.origin_id, (0, 0))) for source in known]


def progress(load_id: int) -> Progress:
    """A load as it stands now. Raises Load.DoesNotExist."""
    load = Load.objects.get(pk=load_id)
    return Progress(
        load=load.pk,
        status=LoadStatus(load.status),
        started_at=load.started_at,
        finished_at=load.finished_at,
        cause=load.cause,
        reference=load.reference,
        views=tuple(_view(view) for view in LoadView.objects.filter(load=load)),
    )


def _health(source: Source, now: datetime, open_count: int, waiting_count: int) -> SourceHealth:
    latest = Load.objects.filter(source=source).first()
    loaded_at = source.origin.loaded_at
    lag = now - loaded_at if loaded_at else None
    return SourceHealth(
        source=source.pk,
        origin=source.origin.code,
        rule=source.rule,
        enabled=source.enabled,
        loaded_at=loaded_at,
        lag=lag,
        fresh=lag is not None and lag <= source.origin.fresh_for,
        open_rejections=open_count,
        waiting_rejections=waiting_count,
        latest=progress(latest.pk) if latest else None,
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
