"""Which states' figures may differ from a build by right: something that counts was received or decided after it."""

from datetime import datetime
from typing import Final

from django.db.backends.utils import CursorWrapper

# Tables of facts, by origin.
_FACTS: Final = (
    "custody", "case", "offence", "workstudy", "recorddocument", "visitorlink", "unit", "unitcapacity", "movement",
    "visit", "record",
)  # fmt: skip
_OF_FACTS: Final = " UNION ".join(
    f"SELECT o.uf FROM registry_origin o WHERE EXISTS (SELECT FROM registry_{table} t"  # noqa: S608 - constants
    f" WHERE t.origin_id = o.id AND t.received_at > %(since)s)"
    for table in _FACTS
)
# Somebody whom one state holds anew leaves the count of another, and so does one judged to be somebody else, or sealed.
_OF_PEOPLE: Final = """
WITH changed AS (
    SELECT r.person_id FROM registry_record r WHERE r.received_at > %(since)s
    UNION SELECT r.person_id FROM registry_custody c JOIN registry_record r ON r.id = c.prisoner_id
    WHERE c.received_at > %(since)s
    UNION SELECT r.person_id FROM registry_judgement j JOIN registry_record r ON r.id IN (j.a_id, j.b_id)
    WHERE greatest(j.made_at, j.revoked_at) > %(since)s
    UNION SELECT r.person_id FROM registry_seal s JOIN registry_sealedrecord x ON x.seal_id = s.id
    JOIN registry_record r ON r.id = x.record_id
    WHERE greatest(s.since, s.lifted_at) > %(since)s OR s.until BETWEEN %(since)s AND now()
)
SELECT DISTINCT o.uf FROM changed JOIN registry_record r USING (person_id) JOIN registry_origin o ON o.id = r.origin_id
"""


def touched(cursor: CursorWrapper, since: datetime) -> set[str]:
    """The UFs whose figures something may have changed since a moment."""
    found: set[str] = set()
    for statement in (_OF_FACTS, _OF_PEOPLE):
        cursor.execute(statement, {"since": since})
        found |= {uf for (uf,) in cursor.fetchall()}
    return found
