"""Writing down what a check found: new findings, changed ones, those that are gone. In sets."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.models import FindingStatus
from registry.services import bulk

_FOUND: Final = (
    "rule text, severity text, subject text, records bigint[], unit_id bigint, evidence jsonb,"
    " PRIMARY KEY (rule, subject)"
)
# The sorted ids of the records; of the very many, a digest. Of a unit, its id.
_KEEP_RECORDS: Final = """
INSERT INTO found
SELECT %s, %s, CASE WHEN length(key) > 250 THEN 'md5:' || md5(key) ELSE key END, records, NULL, evidence
FROM (SELECT sorted.records, array_to_string(sorted.records, ',') AS key, evidence FROM ({query}) q (given, evidence),
    LATERAL (SELECT array_agg(one ORDER BY one) AS records FROM unnest(given) one) sorted) keyed
"""
_KEEP_UNITS: Final = """
INSERT INTO found SELECT %s, %s, 'u' || unit_id, '{}', unit_id, evidence FROM ({query}) q (unit_id, evidence)
"""
_KNOWN_OF_RECORDS: Final = """
INSERT INTO known SELECT id, rule, subject, status FROM registry_finding WHERE closed_at IS NULL AND id IN (
    SELECT m.finding_id FROM touched t JOIN registry_findingrecord m ON m.record_id = t.record_id)
ORDER BY id FOR UPDATE
"""
_KNOWN_OF_UNITS: Final = """
INSERT INTO known SELECT f.id, f.rule, f.subject, f.status
FROM registry_finding f JOIN registry_unit u ON u.id = f.unit_id
WHERE f.closed_at IS NULL AND u.origin_id = ANY(%s) ORDER BY f.id FOR UPDATE OF f
"""
# What each finding was and becomes. A dismissed one stands as it is until its evidence changes.
_COMPARE: Final = """
INSERT INTO compared
SELECT f.id, x.rule, x.subject, coalesce(f.status, ''),
    CASE WHEN f.status IS NULL OR f.status = %(resolved)s OR f.status = %(dismissed)s AND f.evidence <> x.evidence
        THEN %(open)s ELSE f.status END,
    CASE WHEN f.status = %(dismissed)s AND f.evidence <> x.evidence THEN 'A evidência mudou.' ELSE '' END
FROM found x LEFT JOIN registry_finding f USING (rule, subject)
"""
_OPEN: Final = """
WITH made AS (
    INSERT INTO registry_finding (rule, subject, severity, status, owner, unit_id, origins, evidence,
        opened_at, last_seen_at)
    SELECT x.rule, x.subject, x.severity, c.after, '', x.unit_id,
        coalesce((SELECT array_agg(DISTINCT r.origin_id ORDER BY r.origin_id) FROM registry_record r
            WHERE r.id = ANY(x.records)), ARRAY[(SELECT u.origin_id FROM registry_unit u WHERE u.id = x.unit_id)]),
        x.evidence, now(), now()
    FROM found x JOIN compared c USING (rule, subject) WHERE c.id IS NULL ORDER BY x.rule, x.subject
    RETURNING id, rule, subject),
told AS (UPDATE compared c SET id = made.id FROM made WHERE (c.rule, c.subject) = (made.rule, made.subject))
INSERT INTO registry_findingrecord (finding_id, record_id)
SELECT made.id, unnest(x.records) FROM made JOIN found x USING (rule, subject) ORDER BY 1, 2
"""
_SEE_AGAIN: Final = """
UPDATE registry_finding f SET evidence = x.evidence, severity = x.severity, status = c.after, last_seen_at = now(),
    closed_at = NULL, opened_at = CASE WHEN c.before = %(resolved)s THEN now() ELSE f.opened_at END
FROM found x JOIN compared c USING (rule, subject) WHERE f.id = c.id AND c.before <> ''
"""
_RESOLVE: Final = """
WITH gone AS (
    UPDATE registry_finding f SET status = %(resolved)s, closed_at = now(), last_seen_at = now() FROM known k
    WHERE f.id = k.id AND NOT EXISTS (SELECT FROM found x WHERE x.rule = k.rule AND x.subject = k.subject)
    RETURNING f.id, k.status)
INSERT INTO registry_findingevent (finding_id, by, before, after, note)
SELECT id, %(by)s, status, %(resolved)s, 'A condição deixou de existir.' FROM gone ORDER BY id
"""
_TELL: Final = """
INSERT INTO registry_findingevent (finding_id, by, before, after, note)
SELECT id, %(by)s, before, after, note FROM compared WHERE before <> after ORDER BY id
"""
_OPENED: Final = "SELECT count(*) FROM compared WHERE before <> after"


def prepare(cursor: CursorWrapper) -> None:
    """The empty tables of one round."""
    bulk.temporary(cursor, "found", _FOUND)
    bulk.temporary(cursor, "known", "id bigint PRIMARY KEY, rule text, subject text, status text")
    bulk.temporary(cursor, "compared", "id bigint, rule text, subject text, before text, after text, note text")


def keep_records(cursor: CursorWrapper, rule: str, severity: str, query: str) -> None:
    """Run the query of a rule about records and keep what it finds."""
    cursor.execute(_KEEP_RECORDS.replace("{query}", query.replace("%", "%%")), [rule, severity])


def keep_units(cursor: CursorWrapper, rule: str, severity: str, query: str) -> None:
    """Run the query of a rule about units and keep what it finds."""
    cursor.execute(_KEEP_UNITS.replace("{query}", query.replace("%", "%%")), [rule, severity])


def write(cursor: CursorWrapper, by: str, *, origins: list[int] | None = None) -> tuple[int, int]:
    """Make the findings of the touched records, or of the units of some origins, what was found; (opened, closed)."""
    if origins is None:
        cursor.execute(_KNOWN_OF_RECORDS)
    else:
        cursor.execute(_KNOWN_OF_UNITS, [origins])
    for table in ("found", "known"):
        bulk.analyse(cursor, table)
    words = {
        "by": by,
        "open": FindingStatus.OPEN,
        "dismissed": FindingStatus.DISMISSED,
        "resolved": FindingStatus.RESOLVED,
    }
    cursor.execute(_COMPARE, words)
    bulk.analyse(cursor, "compared")
    cursor.execute(_OPEN)
    cursor.execute(_SEE_AGAIN, words)
    cursor.execute(_RESOLVE, words)
    closed: int = cursor.rowcount
    cursor.execute(_TELL, words)
    (opened,) = bulk.first(cursor, _OPENED)
    return opened, closed
