"""The pieces of a source's health that come from one row each."""

from datetime import datetime

from ingestion.health.shapes import AgreementHealth, BreakerHealth
from ingestion.models import Agreement, AgreementStatus, Breaker, BreakerState, GoalStatus, Source
from ingestion.services import agreements


def breaker(found: Breaker) -> BreakerHealth:
    """The breaker as it stands."""
    return BreakerHealth(
        state=BreakerState(found.state),
        cause=found.cause,
        reference=found.reference,
        opened_at=found.opened_at,
        probe_at=found.probe_at,
        probes=found.probes,
    )


def agreement(found: Agreement, source: Source, now: datetime) -> AgreementHealth:
    """The agreement with its goals, on the origin's date."""
    day, goals = agreements.today(source.origin, now), list(found.goals.all())
    return AgreementHealth(
        number=found.number,
        status=AgreementStatus(found.status),
        in_force=found.in_force_on(day),
        signed_on=found.signed_on,
        ends_on=found.ends_on,
        days_left=(found.ends_on - day).days,
        goals=len(goals),
        goals_done=sum(goal.status == GoalStatus.DONE for goal in goals),
        goals_late=sum(goal.late_on(day) for goal in goals),
    )
