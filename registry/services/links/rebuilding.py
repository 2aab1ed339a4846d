"""Keeping the links between persons true to the records.

Only pairs that a state itself writes down are stored: visitor and prisoner, lawyer and client. Whoever met in a cell
or stands in one case is found when asked for: those pairs grow with the square of a crowd.
"""

from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from registry.services import bulk
from registry.values import strength

BATCH: Final = 20_000
# Declared kinship of the contract that is family; friends and clergy are not.
FAMILY: Final = (
    "CONJUGE", "COMPANHEIRO", "PAI", "MAE", "FILHO", "IRMAO", "AVO", "NETO", "ENTEADO", "PADRASTO_MADRASTA",
    "FILHO_AFETIVO", "TIO", "SOBRINHO", "PRIMO", "SOGRO", "CUNHADO", "GENRO_NORA",
)  # fmt: skip

_COLUMNS: Final = "way, strength, contacts, since, last, valid_until, status, kinships, origins"
_RELINKED: Final = (
    "a_id bigint, kind text, b_id bigint, way smallint, strength smallint, contacts integer, since date, last date,"
    " valid_until date, status text, kinships text[], origins bigint[]"
)
_RECORDS: Final = """
INSERT INTO relinking_record
SELECT f.person_id, r.id, r.origin_id, r.kind
FROM refreshing f JOIN registry_record r ON r.person_id = f.person_id WHERE r.removed_at IS NULL
"""
# One side of a fact is of the batch (`f`), the other anybody: asked from both sides, each by its own index.
_LINK = """
SELECT f.person_id, l.{other} AS other, {way} AS way, {lawyer} AS lawyer, {kinship} AS kinship, {status} AS status,
    0 AS contacts, l.since AS first, l.since AS last, l.{until} AS valid_until, l.origin_id
FROM relinking_record f JOIN {table} l ON l.{mine} = f.record_id WHERE f.kind = '{kind}' AND l.removed_at IS NULL
"""
_CONTACT = """
SELECT f.person_id, c.{other}, {way}, {lawyer}, '', '', count(*), min(c.entered_at)::date, max(c.entered_at)::date,
    NULL::date, f.origin_id
FROM relinking_record f JOIN {table} c ON c.origin_id = f.origin_id AND c.{mine} = f.record_id
WHERE f.kind = '{kind}' AND c.removed_at IS NULL GROUP BY f.person_id, c.{other}, f.origin_id
"""


def _facts() -> str:
    parts = []
    for lawyer, other, link, contact in (
        (False, "visitor_id", "registry_visitorlink", "registry_visit"),
        (True, "lawyer_id", "registry_lawyerclient", "registry_lawyerattendance"),
    ):
        words = {
            "lawyer": str(lawyer).lower(),
            "kinship": "''" if lawyer else "l.kinship",
            "status": "''" if lawyer else "l.status",
            "until": "until" if lawyer else "valid_until",
        }
        for mine, theirs, way, kind in (
            ("prisoner_id", other, 2, "P"),
            (other, "prisoner_id", 1, "L" if lawyer else "V"),
        ):
            sides = {"mine": mine, "other": theirs, "way": way, "kind": kind}
            parts += [_LINK.format(table=link, **sides, **words), _CONTACT.format(table=contact, **sides, **words)]
    return " UNION ALL ".join(parts)


_DERIVE: Final = f"""
INSERT INTO relinked
WITH fact AS ({_facts()}),
pair AS (
    SELECT fact.person_id AS a, r.person_id AS b, lawyer, bit_or(way) AS way,
        bool_or(kinship = ANY(%(family)s)) AS kin, sum(contacts)::int AS contacts, min(first) AS since,
        max(fact.last) AS last, max(valid_until) AS valid_until,
        coalesce((array_agg(status ORDER BY status <> 'ATIVO', status) FILTER (WHERE status <> ''))[1], '') AS status,
        coalesce(array_agg(DISTINCT kinship ORDER BY kinship) FILTER (WHERE kinship <> ''), '{{}}') AS kinships,
        array_agg(DISTINCT fact.origin_id ORDER BY fact.origin_id) AS origins
    FROM fact JOIN registry_record r ON r.id = fact.other AND r.removed_at IS NULL
    WHERE r.person_id <> fact.person_id GROUP BY fact.person_id, r.person_id, lawyer)
SELECT a, CASE WHEN lawyer THEN 'L' WHEN kin THEN 'K' ELSE 'V' END, b, way,
    CASE WHEN lawyer THEN {strength.LAWYER.sql("contacts")} WHEN kin THEN {strength.KIN.sql("contacts")}
        ELSE {strength.VISIT.sql("contacts")} END,
    contacts, since, last, valid_until, status, kinships, origins
FROM pair
"""  # noqa: S608 - composed of this module's constants
# The same link from the other side, unless that side is of the batch and told it already.
_MIRROR: Final = """
INSERT INTO relinked
SELECT w.b_id, w.kind, w.a_id, (w.way & 1) * 2 + (w.way & 2) / 2, w.strength, w.contacts, w.since, w.last,
    w.valid_until, w.status, w.kinships, w.origins
FROM relinked w WHERE NOT EXISTS (SELECT FROM refreshing f WHERE f.person_id = w.b_id)
"""
# Locked in one order, so that two refreshes with a link in common wait for each other and do not block each other.
_DROP: Final = """
WITH mine AS (SELECT l.a_id, l.kind, l.b_id FROM refreshing f JOIN registry_personlink l ON l.a_id = f.person_id),
known AS (SELECT a_id, kind, b_id FROM mine UNION SELECT b_id, kind, a_id FROM mine),
gone AS MATERIALIZED (
    SELECT l.a_id, l.kind, l.b_id FROM known JOIN registry_personlink l USING (a_id, kind, b_id)
    WHERE NOT EXISTS (SELECT FROM relinked w WHERE w.a_id = l.a_id AND w.kind = l.kind AND w.b_id = l.b_id)
    ORDER BY 1, 2, 3 FOR UPDATE OF l)
DELETE FROM registry_personlink l USING gone
WHERE l.a_id = gone.a_id AND l.kind = gone.kind AND l.b_id = gone.b_id
"""
_WRITE: Final = f"""
INSERT INTO registry_personlink AS l (a_id, kind, b_id, {_COLUMNS})
SELECT a_id, kind, b_id, {_COLUMNS} FROM relinked ORDER BY a_id, kind, b_id
ON CONFLICT (a_id, kind, b_id) DO UPDATE
SET {", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS.split(", "))}
WHERE ({", ".join(f"l.{name}" for name in _COLUMNS.split(", "))})
    IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in _COLUMNS.split(", "))})
"""  # noqa: S608 - composed of this module's constants
_NEXT: Final = """
INSERT INTO refreshing SELECT id FROM registry_person WHERE id > %s ORDER BY id LIMIT %s
"""


def rebuild(cursor: CursorWrapper) -> None:
    """Make the links of the persons in the temporary table `refreshing(person_id)` what their records tell.

    Both sides of each link are written. Rows whose record, visit or mandate its state has excluded do not count.
    """
    bulk.temporary(cursor, "relinking_record", "person_id bigint, record_id bigint, origin_id bigint, kind text")
    cursor.execute(_RECORDS)
    bulk.analyse(cursor, "relinking_record")
    bulk.temporary(cursor, "relinked", _RELINKED)
    cursor.execute(_DERIVE, {"family": list(FAMILY)})
    cursor.execute(_MIRROR)
    cursor.execute("CREATE INDEX ON relinked (a_id, b_id)")
    bulk.analyse(cursor, "relinked")
    cursor.execute(_DROP)
    cursor.execute(_WRITE)


def rebuild_all() -> int:
    """Rebuild the links of every person, BATCH at a time, each batch a transaction of its own; how many persons."""
    last, total = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            bulk.temporary(cursor, "refreshing", "person_id bigint PRIMARY KEY")
            cursor.execute(_NEXT, [last, BATCH])
            if not cursor.rowcount:
                return total
            total += cursor.rowcount
            bulk.analyse(cursor, "refreshing")
            rebuild(cursor)
            (last,) = bulk.first(cursor, "SELECT max(person_id) FROM refreshing")
