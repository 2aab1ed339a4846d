"""Open alerts that are of no source."""

from ingestion.health import AlertLine
from ingestion.models import Alert, AlertKind


def of_platform() -> list[AlertLine]:
    """What is wrong with the processes that load, the latest first."""
    found = Alert.objects.filter(source=None, closed_at=None)
    return [AlertLine(a.pk, AlertKind(a.kind), a.text, a.opened_at, a.acknowledged_by) for a in found]
