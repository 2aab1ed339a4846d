"""What the audit is told of agencies. The caller holds the transaction of the write."""

from audit import recorder
from audit.events import Actor, Event, Kind


def record(action: str, by: Actor, **detail: object) -> None:
    """One event of this part; `detail` is small JSON without personal data: ids, acronyms, dates, reasons."""
    recorder.record_with(Event(kind=Kind.AGENCY_CHANGED, actor=by, action=action, detail=detail))
