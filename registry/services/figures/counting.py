"""Counting a day from the records, into temporary tables of the caller's transaction."""

import hashlib
from datetime import date, datetime
from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.figures import activities, flows, sql
from registry.figures import catalogue as of
from registry.figures.keys import FIGURE_BIT, SEX_BIT
from registry.services import bulk

_PLACES: Final = f"""
INSERT INTO figures_cells
SELECT c.origin_id, c.unit_id,
       {sql.key(of.CAPACITY.number, sql.chosen("c.regime", of.CAPACITY) + " + 0", f"CASE c.sex WHEN 'M' THEN 0 ELSE 1 END << {SEX_BIT}")},
       sum(c.places), false
FROM registry_unitcapacity c JOIN registry_unit u ON u.id = c.unit_id AND u.removed_at IS NULL
WHERE c.removed_at IS NULL GROUP BY 1, 2, 3
UNION ALL
SELECT u.origin_id, u.id,
       {sql.key(of.CAPACITY.number, str(of.CAPACITY.number_of(of.DISABLED)), f"CASE u.sex WHEN 'M' THEN 0 WHEN 'F' THEN 1 ELSE 2 END << {SEX_BIT}")},
       u.disabled_places, false
FROM registry_unit u WHERE u.removed_at IS NULL AND u.disabled_places > 0
"""  # noqa: S608, E501 - composed of constants

BLOCKS: Final = (*sql.BLOCKS, *activities.BLOCKS)
# Names the way of counting: what another version of this program counted is no evidence for or against this one.
DEFINITION: Final = hashlib.sha256(
    "\n".join((sql.held(), _PLACES, *(block.rows for block in BLOCKS), *flows.BLOCKS.values())).encode()
).hexdigest()[:16]


def open_since(cursor: CursorWrapper) -> datetime:
    """When the oldest transaction began that may still write what this one will not see."""
    cursor.execute(
        "SELECT coalesce(min(xact_start), statement_timestamp()) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = current_user AND backend_xid IS NOT NULL"
        " AND pid <> pg_backend_pid()"
    )
    (found,) = cursor.fetchone()
    assert isinstance(found, datetime)
    return found


def hold(cursor: CursorWrapper, day: date, *, uf: str = "", unit: int | None = None) -> None:
    """Make `figures_held`: who is held at the end of the day; at least everybody in the state or unit that is named."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.figures_held")
    only = sql.IN_UNIT if unit is not None else sql.IN_STATE if uf else ""
    cursor.execute(sql.held(only), {"day": day, "uf": uf, "unit": unit})
    bulk.analyse(cursor, "figures_held")


def count(cursor: CursorWrapper, day: date) -> None:
    """Fill `figures_cells` (origin_id, unit_id, key, n, flow) with every figure of the day.

    Rows of `flow` are what happened that day; the others how things stood at its end. Unit 0 is a unit not told.
    """
    bulk.temporary(
        cursor, "figures_cells", "origin_id bigint, unit_id bigint, key integer, n integer, flow boolean NOT NULL"
    )
    hold(cursor, day)
    cursor.execute(_PLACES)
    for block in BLOCKS:
        cursor.execute(
            f"INSERT INTO figures_cells SELECT u.origin_id, c.* FROM (SELECT unit_id, key, count(*), false FROM"  # noqa: S608
            f" ({block.rows}) b (person_id, unit_id, key) GROUP BY 1, 2) c JOIN registry_unit u ON u.id = c.unit_id",
            {"day": day},
        )
    happened(cursor, day, day)


def happened(cursor: CursorWrapper, first: date, last: date) -> None:
    """Append to `figures_cells` what happened from one day to another, both included."""
    for block in flows.BLOCKS.values():
        cursor.execute(
            f"INSERT INTO figures_cells SELECT origin_id, unit_id, key, n, true FROM ("  # noqa: S608
            f" SELECT origin_id, unit_id, key,"
            f" CASE WHEN key >> {FIGURE_BIT} = {of.RECEIVED.number} THEN count(DISTINCT person_id) ELSE count(*) END n"
            f" FROM ({block}) b (person_id, origin_id, unit_id, key) GROUP BY 1, 2, 3) c",
            {"first": first, "last": last},
        )
