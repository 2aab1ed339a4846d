"""Events as lines that a person reads."""

from dataclasses import dataclass

from audit import sentences
from audit.events import CHANNEL_LABELS, LABELS
from audit.models import AccessEvent


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event, ready to be read (templates/audit/events/_table.html)."""

    event: AccessEvent
    label: str
    channel: str
    sentence: str
    asked: list[tuple[str, str]]


def line(event: AccessEvent) -> Line:
    """The event in words; one query for its texts, unless they were opened before."""
    return Line(
        event=event,
        label=LABELS.get(event.kind, event.kind),  # type: ignore[call-overload]
        channel=CHANNEL_LABELS.get(event.channel, event.channel),  # type: ignore[call-overload]
        sentence=sentences.sentence(event),
        asked=sentences.asked(event),
    )
