"""Crossings of two persons who have a document or a photograph in common: a mistake, one human being, or a fraud."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.selectors.seals import unsealed
from registry.services import bulk

# A value on more persons than this was typed to fill the field: said once for each, and no pairs are made.
MOST_SHARING: Final = 10

_KINDS: Final = "('same_cpf', 'same_rji', 'same_oab', 'same_photo', 'dead_document')"
_CLEAR: Final = f"""
DELETE FROM registry_crossing c USING crossed t
WHERE c.kind IN {_KINDS} AND (c.person_id = t.person_id OR c.other_id = t.person_id)
"""  # noqa: S608 - composed of constants of this module
_FIND: Final = f"""
INSERT INTO crossed_doubled
SELECT least(a, b), greatest(a, b), kind, bool_and(lawyer), max(day) FROM (
    SELECT t.person_id AS a, o.person_id AS b, 'same_cpf' AS kind, r.kind = 'L' OR o.kind = 'L' AS lawyer,
        greatest(r.origin_updated_at, o.origin_updated_at)::date AS day
    FROM crossed_record t JOIN registry_record r ON r.id = t.record_id AND r.cpf <> ''
        JOIN registry_record o ON o.cpf = r.cpf AND o.cpf <> '' AND o.person_id <> t.person_id AND o.removed_at IS NULL
    UNION ALL
    SELECT t.person_id, o.person_id, 'same_rji', false, greatest(r.origin_updated_at, o.origin_updated_at)::date
    FROM crossed_record t JOIN registry_record r ON r.id = t.record_id
        JOIN registry_prisoner p ON p.record_ptr_id = t.record_id AND p.rji <> ''
        JOIN registry_prisoner q ON q.rji = p.rji AND q.rji <> ''
        JOIN registry_record o ON o.id = q.record_ptr_id AND o.person_id <> t.person_id AND o.removed_at IS NULL
    UNION ALL
    SELECT t.person_id, o.person_id, 'same_oab', true, greatest(r.origin_updated_at, o.origin_updated_at)::date
    FROM crossed_record t JOIN registry_record r ON r.id = t.record_id
        JOIN registry_lawyer p ON p.record_ptr_id = t.record_id AND p.oab_number <> ''
        JOIN registry_lawyer q ON (q.oab_uf, q.oab_number) = (p.oab_uf, p.oab_number)
        JOIN registry_record o ON o.id = q.record_ptr_id AND o.person_id <> t.person_id AND o.removed_at IS NULL
    UNION ALL
    SELECT t.person_id, o.person_id, 'same_photo', r.kind = 'L' OR o.kind = 'L', greatest(f.taken_on, g.taken_on)
    FROM crossed_record t JOIN registry_record r ON r.id = t.record_id
        JOIN registry_photo f ON f.record_id = t.record_id AND f.removed_at IS NULL
        JOIN registry_photo g ON g.sha256 = f.sha256 AND g.record_id <> f.record_id AND g.removed_at IS NULL
        JOIN registry_record o ON o.id = g.record_id AND o.person_id <> t.person_id AND o.removed_at IS NULL
) found WHERE {unsealed("b")} GROUP BY 1, 2, 3
"""  # noqa: S608 - composed of fixed texts
# Persons whose records were judged to be another's meanwhile come again once their documents are rebuilt.
_WRITE: Final = """
WITH crowd AS (
    SELECT kind, one FROM (SELECT kind, a AS one FROM crossed_doubled UNION ALL SELECT kind, b FROM crossed_doubled) e
    GROUP BY kind, one HAVING count(*) >= %(most)s)
INSERT INTO registry_crossing (kind, person_id, other_id, lawyer, weight, last_on, marks, ufs, units, detail)
SELECT CASE WHEN x.kind IN ('same_cpf', 'same_rji') AND told.deaths = 1 AND NOT told.alike THEN 'dead_document'
        ELSE x.kind END, x.a, x.b, x.lawyer,
    CASE WHEN crowd.one IS NOT NULL THEN 10 WHEN told.alike THEN 35
        WHEN x.kind IN ('same_cpf', 'same_rji') AND told.deaths = 1 THEN 95
        ELSE CASE x.kind WHEN 'same_rji' THEN 80 WHEN 'same_photo' THEN 75 WHEN 'same_cpf' THEN 70 ELSE 55 END END,
    x.day,
    array_remove(ARRAY[CASE WHEN told.alike THEN 'alike' END, CASE WHEN told.across THEN 'across' END,
        CASE WHEN told.held THEN 'held_now' END, CASE WHEN crowd.one IS NOT NULL THEN 'crowd' END], NULL)
        || told.roles,
    told.ufs, told.units, jsonb_build_object('document', upper(replace(x.kind, 'same_', '')))
FROM crossed_doubled x
LEFT JOIN LATERAL (SELECT one FROM crowd WHERE crowd.kind = x.kind AND crowd.one IN (x.a, x.b) LIMIT 1) crowd ON true
JOIN LATERAL (
    SELECT array_agg(DISTINCT o.uf) AS ufs,
        NOT (array_agg(DISTINCT o.uf) FILTER (WHERE r.person_id = x.a)
            && array_agg(DISTINCT o.uf) FILTER (WHERE r.person_id = x.b)) AS across,
        bool_or(r.kind = 'P' AND s.situation IN ('CUSTODY', 'TRANSIT')) AS held,
        count(DISTINCT r.person_id) FILTER (WHERE s.situation = 'DEAD') AS deaths,
        coalesce((array_agg(DISTINCT r.name_norm) FILTER (WHERE r.person_id = x.a))
            && (array_agg(DISTINCT r.name_norm) FILTER (WHERE r.person_id = x.b)), false)
        OR coalesce((array_agg(DISTINCT r.birth_date) FILTER (WHERE r.person_id = x.a AND r.birth_date IS NOT NULL))
            && (array_agg(DISTINCT r.birth_date) FILTER (WHERE r.person_id = x.b)), false) AS alike,
        array_agg(DISTINCT lower(r.kind)) AS roles,
        coalesce(array_remove(array_agg(DISTINCT s.unit_id) FILTER (WHERE r.kind = 'P'), NULL), '{}') AS units
    FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id
        JOIN registry_personsearch s ON s.person_id = r.person_id AND s.audience <> 'O'
    WHERE r.person_id IN (x.a, x.b) AND r.removed_at IS NULL AND (x.lawyer OR r.kind <> 'L')
    HAVING count(*) > 0) told ON true
"""


def rebuild(cursor: CursorWrapper) -> None:
    """Replace the pairs of documents and photographs of everyone in the batch."""
    cursor.execute(_CLEAR)
    bulk.temporary(cursor, "crossed_doubled", "a bigint, b bigint, kind text, lawyer boolean, day date")
    cursor.execute(_FIND)
    bulk.analyse(cursor, "crossed_doubled")
    cursor.execute(_WRITE, {"most": MOST_SHARING})
