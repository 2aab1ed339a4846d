"""What is told of a source and its loads: counts, instants and causes, never a row."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ingestion.models import AgreementStatus, AlertKind, BreakerState, CertificateKind, LoadKind, LoadStatus, ViewState


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
    """One load. `rate` is rows read per second since it began.

    `expected` is how many rows loads like it read lately, None where there was none.
    """

    load: int
    kind: LoadKind
    status: LoadStatus
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    retry_at: datetime | None
    failures: int
    requested_by: str
    cause: str
    reference: str
    views: tuple[ViewProgress, ...]
    expected: int | None = None

    @property
    def read(self) -> int:
        return sum(view.read for view in self.views)

    @property
    def rejected(self) -> int:
        return sum(view.rejected for view in self.views)

    @property
    def views_done(self) -> int:
        return sum(view.state is ViewState.PUBLISHED for view in self.views)

    @property
    def elapsed(self) -> timedelta:
        """Since it began, stops included."""
        if self.started_at is None:
            return timedelta(0)
        return max((self.finished_at or datetime.now(UTC)) - self.started_at, timedelta(0))

    @property
    def rate(self) -> float:
        return self.read / max(self.elapsed.total_seconds(), 0.001) if self.started_at else 0.0

    @property
    def eta(self) -> datetime | None:
        """When a running load should be over, by its own rate; None where nothing tells."""
        if self.status is not LoadStatus.RUNNING or not self.expected or not self.read:
            return None
        left = max(self.expected - self.read, 0)
        return datetime.now(UTC) + timedelta(seconds=left / max(self.rate, 0.001))


@dataclass(frozen=True)
class Pause:
    """Who stopped a source from loading, and why."""

    by: str
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class BreakerHealth:
    """A source's circuit breaker. Without `probe_at`, an open one waits for a person."""

    state: BreakerState
    cause: str
    reference: str
    opened_at: datetime | None
    probe_at: datetime | None
    probes: int


@dataclass(frozen=True)
class AgreementHealth:
    """The latest agreement of the origin. `in_force` is what decides whether it may load."""

    number: str
    status: AgreementStatus
    in_force: bool
    signed_on: date
    ends_on: date
    days_left: int
    goals: int
    goals_done: int
    goals_late: int


@dataclass(frozen=True)
class CertificateHealth:
    """A certificate last seen in a connection, and until when it serves."""

    kind: CertificateKind
    name: str
    expires_at: datetime


@dataclass(frozen=True)
class AlertLine:
    """An open alert."""

    alert: int
    kind: AlertKind
    text: str
    opened_at: datetime
    acknowledged_by: str


@dataclass(frozen=True)
class SourceHealth:
    """One source. `lag` is the age of its data; `fresh` compares it with what the origin promised.

    `last_good` is the last finished load, `latest` the last one whatever became of it; `next_at` is when the next
    load or attempt begins by itself, and `refusal` why none may begin now, in pt-BR, empty when one may.
    """

    source: int
    origin: str
    origin_name: str
    uf: str
    rule: int
    enabled: bool
    pause: Pause | None
    loaded_at: datetime | None
    lag: timedelta | None
    fresh: bool
    open_rejections: int
    waiting_rejections: int
    last_good: Progress | None
    latest: Progress | None
    schedule: str
    next_at: datetime | None
    refusal: str
    breaker: BreakerHealth | None
    agreement: AgreementHealth | None
    certificates: tuple[CertificateHealth, ...]
    alerts: tuple[AlertLine, ...]
