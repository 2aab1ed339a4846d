"""What the national base has held of one row of a state, version by version. Raw rows are personal data."""

from dataclasses import dataclass
from datetime import datetime

from ingestion.models import Presence, PreviousVersion, RawRecord, ReplacedBecause
from registry.models import Origin


@dataclass(frozen=True)
class Version:
    """One version: `raw` as received through `mapping`, valid while `valid_from` ≤ t < `valid_to` (None: until now).

    While a row is gone its last content stays under that presence.
    """

    raw: str
    mapping: int
    load: int
    presence: Presence
    origin_updated_at: datetime | None
    valid_from: datetime
    valid_to: datetime | None
    replaced_because: ReplacedBecause | None


def of(origin: Origin, view: str, origin_key: str) -> list[Version]:
    """The versions of a row, the latest first; empty for a row that never was in the mirror."""
    key = {"origin": origin, "view": view, "origin_key": origin_key}
    held = [_version(row, row.changed_at, None, None) for row in RawRecord.objects.filter(**key)]
    for row in PreviousVersion.objects.filter(**key).order_by("-valid_to"):
        held.append(_version(row, row.valid_from, row.valid_to, ReplacedBecause(row.replaced_because)))
    return held


def _version(
    row: RawRecord | PreviousVersion, since: datetime, until: datetime | None, because: ReplacedBecause | None
) -> Version:
    return Version(
        raw=row.raw,
        mapping=row.mapping_id,
        load=row.load,
        presence=Presence(row.presence),
        origin_updated_at=row.origin_updated_at,
        valid_from=since,
        valid_to=until,
        replaced_because=because,
    )
