"""Persons, rebuilt from the standing judgements."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from registry.matching.clusters import Pair, cluster
from registry.models import Verdict
from registry.services import bulk, sealing

# Whoever shares a person, or a judgement of "same", with a record already reached.
_REACH = """
INSERT INTO rebuilding
SELECT DISTINCT reached.id, %(step)s + 1 FROM (
    SELECT other.id FROM rebuilding f JOIN registry_record r ON r.id = f.record_id
        JOIN registry_record other ON other.person_id = r.person_id WHERE f.step = %(step)s
    UNION ALL SELECT j.b_id FROM rebuilding f JOIN registry_judgement j ON j.a_id = f.record_id
        WHERE f.step = %(step)s AND j.revoked_at IS NULL AND j.verdict = %(same)s
    UNION ALL SELECT j.a_id FROM rebuilding f JOIN registry_judgement j ON j.b_id = f.record_id
        WHERE f.step = %(step)s AND j.revoked_at IS NULL AND j.verdict = %(same)s
) reached WHERE NOT EXISTS (SELECT FROM rebuilding known WHERE known.record_id = reached.id)
"""
# A human's word first, then the strongest; of a pair that humans judged otherwise, no rule's or model's.
_SAME = """
SELECT j.a_id, j.b_id FROM rebuilding f JOIN registry_judgement j ON j.a_id = f.record_id
WHERE j.revoked_at IS NULL AND j.verdict = %(same)s AND (j.judge LIKE 'user:%%' OR NOT EXISTS (
    SELECT FROM registry_judgement h WHERE h.a_id = j.a_id AND h.b_id = j.b_id AND h.revoked_at IS NULL
        AND h.judge LIKE 'user:%%' AND h.verdict <> %(same)s))
ORDER BY (j.judge LIKE 'user:%%') DESC, j.score DESC NULLS LAST, j.a_id, j.b_id
"""
# Vetoes hold until a human judges that very pair the same.
_APART = """
SELECT j.a_id, j.b_id FROM rebuilding f JOIN registry_judgement j ON j.a_id = f.record_id
WHERE j.revoked_at IS NULL AND (j.verdict = %(different)s OR j.verdict = %(unsure)s AND j.vetoes <> '{}'
    AND NOT EXISTS (SELECT FROM registry_judgement h WHERE h.a_id = j.a_id AND h.b_id = j.b_id AND h.revoked_at IS NULL
        AND h.judge LIKE 'user:%%' AND h.verdict = %(same)s))
"""
_VERDICTS = {"same": Verdict.SAME, "different": Verdict.DIFFERENT, "unsure": Verdict.UNSURE}
_MOVE = """
UPDATE registry_record r SET person_id = lead.home_id
FROM rebuilding f LEFT JOIN rebuilt c ON c.record_id = f.record_id
    JOIN registry_record lead ON lead.id = coalesce(c.lead_id, f.record_id)
WHERE r.id = f.record_id AND r.person_id <> lead.home_id
"""
_MARK = """
INSERT INTO registry_pendingperson (person_id, since)
SELECT DISTINCT r.person_id, now() FROM rebuilding f JOIN registry_record r ON r.id = f.record_id ORDER BY 1
ON CONFLICT (person_id) DO UPDATE SET since = EXCLUDED.since RETURNING person_id
"""


@dataclass(frozen=True)
class Rebuilt:
    """What changed: how many records went to another person, and the ids of the persons whose records changed."""

    moved: int
    persons: frozenset[int]


def seed(cursor: CursorWrapper, records: Iterable[int] = ()) -> None:
    """Make the table of records whose persons are to be rebuilt, with these in it."""
    bulk.temporary(cursor, "rebuilding", "record_id bigint PRIMARY KEY, step integer NOT NULL DEFAULT 0")
    bulk.copy(cursor, "rebuilding", ("record_id",), ((record,) for record in sorted(set(records))))


def rebuild(cursor: CursorWrapper) -> Rebuilt:
    """Give every record of the components that the seeded ones touch to the home person of its lowest member.

    Two records with a standing "different", or an unsure judgement with vetoes that no human overruled, never come to
    share a person. It depends on the standing judgements alone: repeating it changes nothing, nor does the order in
    which they were made. The persons that lost or won records wait in `registry_pendingperson` for their documents.
    Seals follow their records. Leaves every record it looked at in `rebuilding`.
    """
    bulk.analyse(cursor, "rebuilding")
    _reach(cursor)
    persons = _mark(cursor)
    leads = cluster(_pairs(cursor, _SAME), _pairs(cursor, _APART))
    bulk.temporary(cursor, "rebuilt", "record_id bigint, lead_id bigint")
    bulk.copy(cursor, "rebuilt", ("record_id", "lead_id"), leads.items())
    bulk.analyse(cursor, "rebuilt")
    cursor.execute(_MOVE)
    moved: int = cursor.rowcount
    if moved:
        persons |= _mark(cursor)
        sealing.follow(cursor)
    return Rebuilt(moved=moved, persons=persons)


def _reach(cursor: CursorWrapper) -> None:
    step = 0
    cursor.execute(_REACH, {"step": step, "same": Verdict.SAME})
    while cursor.rowcount:
        step += 1
        cursor.execute(_REACH, {"step": step, "same": Verdict.SAME})


def _mark(cursor: CursorWrapper) -> frozenset[int]:
    cursor.execute(_MARK)
    return frozenset(row[0] for row in cursor.fetchall())


def _pairs(cursor: CursorWrapper, query: str) -> list[Pair]:
    cursor.execute(query, _VERDICTS)
    return list(cursor.fetchall())
