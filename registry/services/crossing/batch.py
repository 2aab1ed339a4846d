"""The persons of a batch, in temporary tables: who they are now, their records, visits, ties and stays in cells."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.selectors.seals import unsealed
from registry.services import bulk

# Kin whose visits explain themselves; the link must be authorised and in force.
CLOSE_KIN: Final = (
    "CONJUGE", "COMPANHEIRO", "PAI", "MAE", "FILHO", "IRMAO", "AVO", "NETO", "ENTEADO", "PADRASTO_MADRASTA",
    "FILHO_AFETIVO",
)  # fmt: skip
HELD: Final = ("CUSTODY", "TRANSIT")

# A visitor's crossings follow from the prisoners they visit: those change when the prisoner's records do. Of whoever
# has no document nothing is crossed yet: they wait to be judged, or for one.
_SPREAD: Final = """
INSERT INTO crossed (person_id)
SELECT DISTINCT v.person_id FROM (
    SELECT k.visitor_id AS id FROM crossed t JOIN registry_record r ON r.person_id = t.person_id AND r.kind = 'P'
        JOIN registry_visitorlink k ON k.prisoner_id = r.id
    UNION SELECT k.visitor_id FROM crossed t JOIN registry_record r ON r.person_id = t.person_id AND r.kind = 'P'
        JOIN registry_visit k ON k.origin_id = r.origin_id AND k.prisoner_id = r.id
    UNION SELECT k.lawyer_id FROM crossed t JOIN registry_record r ON r.person_id = t.person_id AND r.kind = 'P'
        JOIN registry_lawyerclient k ON k.prisoner_id = r.id
) near JOIN registry_record v ON v.id = near.id
WHERE NOT EXISTS (SELECT FROM crossed t WHERE t.person_id = v.person_id)
    AND EXISTS (SELECT FROM registry_personsearch s WHERE s.person_id = v.person_id)
    AND NOT EXISTS (SELECT FROM registry_pendingcrossing p WHERE p.person_id = v.person_id)
"""
# What they are is what their records at hand say: documents tell of more, until they are rebuilt, or a seal hides it.
_KNOW: Final = """
UPDATE crossed t SET prisoner = 'P' = ANY(r.kinds), visitor = 'V' = ANY(r.kinds), lawyer = 'L' = ANY(r.kinds),
    held = s.situation = ANY(%s), dead = s.situation = 'DEAD'
FROM registry_personsearch s
    JOIN (SELECT person_id, array_agg(DISTINCT kind) AS kinds FROM crossed_record GROUP BY person_id) r
        ON r.person_id = s.person_id
WHERE s.person_id = t.person_id AND s.audience <> 'O'
"""
# Whoever is under a seal is crossed with nobody: what is derived is the same for all who look.
_RECORDS: Final = f"""
INSERT INTO crossed_record
SELECT r.person_id, r.id, r.kind, r.origin_id, o.uf FROM crossed t
    JOIN registry_record r ON r.person_id = t.person_id AND r.removed_at IS NULL AND {unsealed("r.person_id")}
    JOIN registry_origin o ON o.id = r.origin_id
"""  # noqa: S608 - composed of fixed texts
_VISITS: Final = f"""
INSERT INTO crossed_visit
SELECT r.person_id, p.person_id, v.unit_id, r.uf, v.entered_at
FROM crossed_record r
    JOIN registry_visit v ON v.origin_id = r.origin_id AND v.visitor_id = r.record_id AND v.removed_at IS NULL
    JOIN registry_record p ON p.id = v.prisoner_id AND p.removed_at IS NULL AND p.person_id <> r.person_id
WHERE r.kind = 'V' AND {unsealed("p.person_id")}
"""  # noqa: S608 - composed of fixed texts
_TIES: Final = f"""
INSERT INTO crossed_tie
SELECT person_id, other_id, role, count(*) FILTER (WHERE contact), max(day), bool_or(close),
    (array_agg(unit_id ORDER BY day DESC, contact DESC) FILTER (WHERE unit_id IS NOT NULL))[1],
    (array_agg(uf ORDER BY day DESC, contact DESC))[1]
FROM (
    SELECT person_id, other_id, 'V' AS role, unit_id, uf, entered_at::date AS day, false AS close, true AS contact
    FROM crossed_visit
    UNION ALL
    SELECT r.person_id, p.person_id, 'V', NULL, r.uf, k.since, k.status = 'ATIVO' AND k.kinship = ANY(%(kin)s), false
    FROM crossed_record r
        JOIN registry_visitorlink k ON k.visitor_id = r.record_id AND k.removed_at IS NULL AND k.status <> 'INDEFERIDO'
        JOIN registry_record p ON p.id = k.prisoner_id AND p.removed_at IS NULL AND p.person_id <> r.person_id
    WHERE r.kind = 'V'
    UNION ALL
    SELECT r.person_id, p.person_id, 'L', NULL, r.uf, k.since, false, false
    FROM crossed_record r
        JOIN registry_lawyerclient k ON k.lawyer_id = r.record_id AND k.removed_at IS NULL
        JOIN registry_record p ON p.id = k.prisoner_id AND p.removed_at IS NULL AND p.person_id <> r.person_id
    WHERE r.kind = 'L'
    UNION ALL
    SELECT r.person_id, p.person_id, 'L', k.unit_id, r.uf, k.entered_at::date, false, true
    FROM crossed_record r
        JOIN registry_lawyerattendance k ON k.origin_id = r.origin_id AND k.lawyer_id = r.record_id
            AND k.removed_at IS NULL
        JOIN registry_record p ON p.id = k.prisoner_id AND p.removed_at IS NULL AND p.person_id <> r.person_id
    WHERE r.kind = 'L'
) contacts WHERE {unsealed("contacts.other_id")} GROUP BY person_id, other_id, role
"""  # noqa: S608 - composed of fixed texts
# A custody that a state left open ends where it began for somebody who is not held.
_STAYS: Final = """
INSERT INTO crossed_stay
SELECT r.person_id, c.unit_id, r.uf, c.started_at, c.ended_at IS NULL AND t.held,
    coalesce(c.ended_at, CASE WHEN t.held THEN 'infinity' ELSE c.started_at END)
FROM crossed t JOIN crossed_record r ON r.person_id = t.person_id AND r.kind = 'P'
    JOIN registry_custody c ON c.prisoner_id = r.record_id AND c.removed_at IS NULL
    JOIN registry_unit u ON u.id = c.unit_id AND u.modality = 'CELA_FISICA'
WHERE t.visitor OR t.lawyer OR t.held
"""
_TABLES: Final = {
    "crossed_record": "person_id bigint, record_id bigint, kind text, origin_id bigint, uf text",
    "crossed_visit": "person_id bigint, other_id bigint, unit_id bigint, uf text, entered_at timestamptz",
    "crossed_tie": "person_id bigint, other_id bigint, role text, contacts integer, day date, close boolean,"
    " unit_id bigint, uf text",
    "crossed_stay": "person_id bigint, unit_id bigint, uf text, started_at timestamptz, open boolean,"
    " ended_at timestamptz",
}


def prepare(cursor: CursorWrapper) -> None:
    """The empty table of the batch, `crossed`."""
    flags = ", ".join(f"{name} boolean NOT NULL DEFAULT false" for name in _FLAGS)
    bulk.temporary(cursor, "crossed", f"person_id bigint PRIMARY KEY, {flags}")


def read(cursor: CursorWrapper, *, spread: bool) -> None:
    """Fill the tables for the persons in `crossed`; with `spread` also for the visitors and lawyers of those held."""
    bulk.analyse(cursor, "crossed")
    if spread:
        cursor.execute(_SPREAD)
    for name, columns in _TABLES.items():
        bulk.temporary(cursor, name, columns)
    _fill(cursor, "crossed_record", _RECORDS)
    cursor.execute(_KNOW, [list(HELD)])
    _fill(cursor, "crossed_visit", _VISITS)
    cursor.execute(_TIES, {"kin": list(CLOSE_KIN)})
    bulk.analyse(cursor, "crossed_tie")
    _fill(cursor, "crossed_stay", _STAYS)


_FLAGS: Final = ("prisoner", "visitor", "lawyer", "held", "dead")


def _fill(cursor: CursorWrapper, table: str, statement: str) -> None:
    cursor.execute(statement)
    bulk.analyse(cursor, table)
