"""From counts of units to rows of the cube: states and the country added up, counts packed and named by content."""

from datetime import date
from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.figures import catalogue as of
from registry.figures.keys import CATEGORY_BIT, FIGURE_BIT, REGIME_BIT, SEX_BIT
from registry.services import bulk

_FIGURE, _CATEGORY = f"(key >> {FIGURE_BIT})", f"(key >> {CATEGORY_BIT} & 255)"
_PEOPLE: Final = f"{_FIGURE} = {of.AGE.number}"
_MOVES: Final = f"{_FIGURE} = {of.MOVEMENTS.number} AND {_CATEGORY}"
# Into and out of custody as a whole: moving from one unit to another is neither.
ENTRIES: Final = ("NUMERO_DE_INCLUSOES_ORIGINARIAS", "OUTRAS_ENTRADAS")
EXITS: Final = ("ALVARAS_DE_SOLTURA", "ABANDONOS", "TOTAL_DE_OBITOS", "OUTRAS_SAIDAS")


def _lines(codes: tuple[str, ...]) -> str:
    return ", ".join(str(of.MOVEMENTS.number_of(code)) for code in codes)


# The rows that `figures_cells` will make, numbered, so that millions of counts are sorted by two numbers: each place by
# modality, its state (the same without the unit), and the country.
_NUMBER: Final = """
CREATE TEMP TABLE figures_rows ON COMMIT DROP AS
WITH places AS (
    SELECT DISTINCT c.origin_id, c.unit_id, c.flow, o.uf, coalesce(u.modality, '') AS modality
    FROM (SELECT DISTINCT origin_id, unit_id, flow FROM figures_cells) c
    JOIN registry_origin o ON o.id = c.origin_id LEFT JOIN registry_unit u ON u.id = c.unit_id
)
SELECT origin_id, unit_id, flow, uf, modality,
       CASE WHEN unit_id <> 0 THEN 3 * dense_rank() OVER (ORDER BY uf, unit_id, modality, flow) END AS unit_row,
       3 * dense_rank() OVER (ORDER BY uf, modality, flow) + 1 AS state_row,
       3 * dense_rank() OVER (ORDER BY modality, flow) + 2 AS country_row
FROM places
"""
PACK: Final = f"""
CREATE TEMP TABLE figures_packed ON COMMIT DROP AS
WITH added AS (
    SELECT coalesce(r.unit_row, r.state_row, r.country_row) AS row, c.key, sum(c.n)::int AS n
    FROM figures_cells c JOIN figures_rows r USING (origin_id, unit_id, flow)
    GROUP BY GROUPING SETS ((r.unit_row, c.key), (r.state_row, c.key), (r.country_row, c.key))
), packed AS (
    SELECT row, array_agg(key ORDER BY key) AS keys, array_agg(n ORDER BY key) AS counts,
       coalesce(sum(n) FILTER (WHERE {_PEOPLE}), 0) AS people,
       coalesce(sum(n) FILTER (WHERE {_PEOPLE} AND key >> {SEX_BIT} & 3 = 1), 0) AS women,
       coalesce(sum(n) FILTER (WHERE {_PEOPLE} AND key >> {REGIME_BIT} & 7 = 1), 0) AS provisional,
       sum(n) FILTER (WHERE {_FIGURE} = {of.CAPACITY.number}
                      AND {_CATEGORY} <> {of.CAPACITY.number_of(of.DISABLED)}) AS places,
       coalesce(sum(n) FILTER (WHERE {_MOVES} IN ({_lines(ENTRIES)})), 0) AS entered,
       coalesce(sum(n) FILTER (WHERE {_MOVES} IN ({_lines(EXITS)})), 0) AS departed
    FROM added WHERE row IS NOT NULL GROUP BY row
), named AS (
    SELECT DISTINCT unit_row AS row, 'U' AS level, uf, unit_id, modality, flow FROM figures_rows
    UNION ALL SELECT DISTINCT state_row, 'E', uf, NULL::bigint, modality, flow FROM figures_rows
    UNION ALL SELECT DISTINCT country_row, 'P', '', NULL::bigint, modality, flow FROM figures_rows
)
SELECT level, uf, unit_id, modality, flow, keys, counts, md5(keys::text || counts::text)::uuid AS digest, people, women,
       provisional, places, entered, departed
FROM packed JOIN named USING (row)
"""  # noqa: S608 - composed of constants

_KEEP: Final = """
INSERT INTO registry_figurepack (digest, keys, counts)
SELECT DISTINCT ON (digest) digest, keys, counts FROM figures_packed ORDER BY digest
ON CONFLICT (digest) DO NOTHING
"""
_ROWS: Final = """
    SELECT level, uf, unit_id, modality, (array_agg(digest) FILTER (WHERE NOT flow))[1] AS stock,
           (array_agg(digest) FILTER (WHERE flow))[1] AS flow, sum(people)::int AS people, sum(women)::int AS women,
           sum(provisional)::int AS provisional, sum(places)::int AS places, sum(entered)::int AS entered,
           sum(departed)::int AS departed
    FROM figures_packed GROUP BY 1, 2, 3, 4
"""
_WRITE: Final = f"""
INSERT INTO registry_figurerow (day, build_id, level, uf, unit_id, modality, stock, flow, people, women, provisional,
                                places, entered, "left")
SELECT %(day)s, %(build)s, r.* FROM ({_ROWS}) r
"""  # noqa: S608
# Rows that differ between what was just counted and a build, by state ("" for the country).
_DIFFERENT: Final = f"""
SELECT coalesce(k.uf, r.uf), count(*)::int FROM ({_ROWS}) r FULL JOIN (
    SELECT level, uf, unit_id, modality, stock, flow FROM registry_figurerow
    WHERE day = %(day)s AND build_id = %(build)s
) k ON k.level = r.level AND k.uf = r.uf AND k.modality = r.modality AND coalesce(k.unit_id, 0) = coalesce(r.unit_id, 0)
WHERE k.level IS NULL OR r.level IS NULL OR k.stock IS DISTINCT FROM r.stock OR k.flow IS DISTINCT FROM r.flow
GROUP BY 1
"""  # noqa: S608
# Rows that contradict themselves, whatever the records say: counts that are gone, are not those they are named by, or
# do not make the row's own number of people.
_BROKEN: Final = f"""
SELECT count(*)::int FROM registry_figurerow r
LEFT JOIN registry_figurepack s ON s.digest = r.stock LEFT JOIN registry_figurepack f ON f.digest = r.flow
WHERE r.day = %(day)s AND r.build_id = %(build)s AND (
    (r.stock IS NOT NULL AND s.digest IS DISTINCT FROM md5(s.keys::text || s.counts::text)::uuid)
    OR (r.flow IS NOT NULL AND f.digest IS DISTINCT FROM md5(f.keys::text || f.counts::text)::uuid)
    OR r.people <> coalesce((SELECT sum(n) FROM unnest(s.keys, s.counts) c (key, n) WHERE {_PEOPLE}), 0)
)
"""  # noqa: S608


def pack(cursor: CursorWrapper) -> int:
    """Make `figures_packed` from `figures_cells`; how many people it counts in the whole country."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.figures_packed, pg_temp.figures_rows")
    bulk.tell_size(cursor, sql.Identifier("figures_cells"), "unit_id")
    cursor.execute(_NUMBER)
    bulk.analyse(cursor, "figures_rows")
    cursor.execute(PACK)
    cursor.execute("SELECT coalesce(sum(people), 0)::int FROM figures_packed WHERE level = 'P'")
    return int(cursor.fetchone()[0])


def differences(cursor: CursorWrapper, day: date, build: int) -> dict[str, int]:
    """How many rows of a build are not what `figures_packed` says, by state; "" for the country's. Empty: none."""
    cursor.execute(_DIFFERENT, {"day": day, "build": build})
    return dict(cursor.fetchall())


def broken(cursor: CursorWrapper, day: date, build: int) -> int:
    """How many rows of a build contradict themselves."""
    cursor.execute(_BROKEN, {"day": day, "build": build})
    return int(cursor.fetchone()[0])


def write(cursor: CursorWrapper, day: date, build: int) -> None:
    """Write `figures_packed` down as the rows of a build."""
    cursor.execute("SELECT registry_figure_partition(%s)", [day])
    cursor.execute(_KEEP)
    cursor.execute(_WRITE, {"day": day, "build": build})
