"""Who a unit held at an instant, as SQL that its parts share. One line for each person: of two custodies in the same
unit, the one that began last."""

from typing import Final

from registry.labels import Effect, codes_with
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.units.establishment import Establishment
from registry.selectors.units.occupancy import OPEN, THEN

_HELD: Final = """
SELECT DISTINCT ON (r.person_id) r.person_id, r.id AS record, r.origin_id, r.name, r.birth_date, c.wing, c.cell,
       c.started_at, coalesce(c.ended_at, 'infinity') AS ended_at, c.regime, c.situation, c.rdd, c.monitored,
       CASE WHEN %(factions)s THEN c.faction ELSE '' END AS faction
FROM {source}
WHERE c.unit_id = %(unit)s AND c.removed_at IS NULL AND {during} AND {seen}
ORDER BY r.person_id, c.started_at DESC, c.id DESC
"""

_EVERYBODY: Final = "registry_custody c JOIN registry_record r ON r.id = c.prisoner_id AND r.removed_at IS NULL"
_CHOSEN: Final = """chosen JOIN registry_record r ON r.person_id = chosen.person_id AND r.removed_at IS NULL
    JOIN registry_custody c ON c.prisoner_id = r.id"""

# Who has a custody in one of these cells; `held_in` then says whether it is the one that counts.
CHOSEN: Final = """
chosen AS MATERIALIZED (
    SELECT DISTINCT r.person_id FROM unnest(%(wings)s::text[], %(cells)s::text[]) AS place (wing, cell)
    JOIN registry_custody c ON c.unit_id = %(unit)s AND c.wing = place.wing AND c.cell = place.cell
        AND c.removed_at IS NULL AND {during}
    JOIN registry_record r ON r.id = c.prisoner_id AND r.removed_at IS NULL
),"""

# The last movement that put the person in or out of a unit, within this stay and up to the instant shown.
STEP: Final = """
LEFT JOIN LATERAL (
    SELECT m.kind FROM registry_movement m
    WHERE m.origin_id = held.origin_id AND m.prisoner_id = held.record AND m.removed_at IS NULL
      AND m.kind = ANY(%(steps)s) AND m.occurred_at >= held.started_at AND m.occurred_at <= %(until)s
    ORDER BY m.occurred_at DESC, m.id DESC LIMIT 1
) step ON true
"""

# Later in the same stay the state wrote a change of cell down: the cell on record is not the one of the instant.
MOVED_SINCE: Final = """
%(past)s AND EXISTS (
    SELECT FROM registry_movement m
    WHERE m.origin_id = held.origin_id AND m.prisoner_id = held.record AND m.removed_at IS NULL
      AND m.kind = ANY(%(within)s) AND m.occurred_at > %(until)s AND m.occurred_at <= held.ended_at
)
"""


def held_in(of: Establishment, *, chosen: bool = False) -> str:
    """The statement of who was held: everybody, or only those of the table `chosen` (CHOSEN)."""
    source = _CHOSEN if chosen else _EVERYBODY
    return _HELD.format(source=source, during=during(of), seen=seals.seen("r.person_id"))


def during(of: Establishment) -> str:
    """The condition on a custody `c`: today a partial index of open custodies answers it."""
    return THEN if of.past else OPEN


def parameters(of: Establishment, scope: Scope) -> dict[str, object]:
    """What these statements take."""
    return {
        "unit": of.unit.pk,
        "at": of.at,
        "until": of.until,
        "past": of.past,
        "factions": scope.factions,
        **seals.bound(scope),
        "outs": list(codes_with(Effect.TEMPORARY)),
        "exits": list(codes_with(Effect.EXIT)),
        "within": list(codes_with(Effect.INTERNAL)),
        "steps": list(codes_with(Effect.ENTRY, Effect.EXIT, Effect.TEMPORARY, Effect.RETURN)),
    }
