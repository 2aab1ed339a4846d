"""Who says so, and how old their word is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from registry.models import Origin

# What two machines' clocks may differ by.
SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Source:
    """An origin as shown beside a fact. `late`: its last load is older than agreed, or there has been none.

    `halt`: nothing comes in for now, and why.
    """

    code: str
    uf: str
    loaded_at: datetime | None
    late: bool
    halt: str = ""  # Halt


def source_of(origin: Origin, now: datetime) -> Source:
    """The origin as a source, judged at `now`."""
    # An instant in the future was noted by a clock that was wrong: nobody knows how old the data is.
    late = origin.loaded_at is None or not -SKEW < now - origin.loaded_at <= origin.fresh_for
    return Source(code=origin.code, uf=origin.uf, loaded_at=origin.loaded_at, late=late, halt=origin.halt)


def local(moment: datetime, origin: Origin) -> datetime:
    """The instant on the clocks of the origin's state."""
    return moment.astimezone(ZoneInfo(origin.timezone))
