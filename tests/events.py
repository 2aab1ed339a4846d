"""What the audit holds, for tests to look at."""

from audit.events import Kind
from audit.models import AccessEvent


def recorded(*kinds: Kind) -> list[AccessEvent]:
    """The events of these kinds (of every kind without any), oldest first.

    Seen from both connections: in a test that rolls back, each alias sees only what went through itself.
    """
    seen = {event.pk: event for alias in ("default", "audit") for event in AccessEvent.objects.using(alias)}
    return [seen[key] for key in sorted(seen) if not kinds or seen[key].kind in kinds]
