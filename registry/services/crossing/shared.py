"""Crossings of two persons who have a telephone or an address in common and are not otherwise linked."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.services import bulk

# Beyond these a contact is filler: the prison's own address, the number that a clerk types to fill the field.
MOST_SHARING: Final = {"T": 8, "E": 12}
_MOST_COUNTED: Final = 1000

_CLEAR: Final = """
DELETE FROM registry_crossing c USING crossed_key k
WHERE c.trace = k.key AND c.kind = CASE k.kind WHEN 'T' THEN 'same_phone' ELSE 'same_address' END
"""
# Who was seen only under this person's id before a merge.
_CLEAR_PERSONS: Final = """
DELETE FROM registry_crossing c USING crossed t
WHERE (c.person_id = t.person_id OR c.other_id = t.person_id) AND c.other_id IS NOT NULL
    AND c.kind IN ('same_phone', 'same_address') AND NOT EXISTS (
        SELECT FROM crossed_key k WHERE k.key = c.trace)
"""
_SHARERS: Final = """
INSERT INTO crossed_sharer
SELECT k.kind, k.key, s.person_id, s.lawyer FROM crossed_key k, LATERAL (
    SELECT person_id, bool_and(lawyer) AS lawyer FROM (
        SELECT person_id, lawyer FROM registry_contactkey o WHERE o.kind = k.kind AND o.key = k.key LIMIT %s) rows
    GROUP BY person_id) s
"""
_FORGET_CROWDS: Final = "DELETE FROM registry_crowd c USING crossed_key k WHERE (c.kind, c.key) = (k.kind, k.key)"
_CROWDS: Final = """
INSERT INTO registry_crowd (kind, key, persons, prisoners, ufs)
SELECT s.kind, s.key, count(*), count(*) FILTER (WHERE 'P' = ANY(d.kinds)),
    (SELECT array_agg(DISTINCT uf) FROM registry_contactkey o JOIN registry_record r ON r.id = o.record_id
        JOIN registry_origin g ON g.id = r.origin_id
        WHERE o.kind = s.kind AND o.key = s.key AND NOT o.lawyer)
FROM crossed_sharer s JOIN registry_personsearch d ON d.person_id = s.person_id AND d.audience <> 'O'
WHERE NOT s.lawyer GROUP BY s.kind, s.key HAVING count(*) > CASE s.kind WHEN 'T' THEN %s ELSE %s END
"""
_PAIRS: Final = """
INSERT INTO crossed_pair
SELECT a.kind, a.key, a.person_id, b.person_id, a.lawyer OR b.lawyer
FROM crossed_sharer a JOIN crossed_sharer b ON b.kind = a.kind AND b.key = a.key AND b.person_id > a.person_id
WHERE (a.kind, a.key) IN (SELECT kind, key FROM crossed_sharer GROUP BY kind, key
    HAVING count(*) <= CASE kind WHEN 'T' THEN %s ELSE %s END)
"""
_LINKS: Final = """
INSERT INTO crossed_link
SELECT DISTINCT one.person_id, p.person_id FROM (
    SELECT a AS person_id FROM crossed_pair UNION SELECT b FROM crossed_pair) one
    JOIN registry_record r ON r.person_id = one.person_id AND r.removed_at IS NULL
    CROSS JOIN LATERAL (
        SELECT prisoner_id AS id FROM registry_visitorlink k WHERE k.visitor_id = r.id AND k.removed_at IS NULL
        UNION SELECT visitor_id FROM registry_visitorlink k WHERE k.prisoner_id = r.id AND k.removed_at IS NULL
        UNION SELECT prisoner_id FROM registry_lawyerclient k WHERE k.lawyer_id = r.id AND k.removed_at IS NULL
        UNION SELECT lawyer_id FROM registry_lawyerclient k WHERE k.prisoner_id = r.id AND k.removed_at IS NULL
        UNION SELECT prisoner_id FROM registry_visit k
            WHERE k.origin_id = r.origin_id AND k.visitor_id = r.id AND k.removed_at IS NULL
        UNION SELECT visitor_id FROM registry_visit k
            WHERE k.origin_id = r.origin_id AND k.prisoner_id = r.id AND k.removed_at IS NULL) near
    JOIN registry_record p ON p.id = near.id
"""
# One statement each: joined by OR they would be asked of each pair by itself.
_UNLINK: Final = (
    """
DELETE FROM crossed_pair x USING (
    SELECT person_id AS a, other_id AS b FROM crossed_link UNION SELECT other_id, person_id FROM crossed_link) k
WHERE (k.a, k.b) = (x.a, x.b)
""",
    """
DELETE FROM crossed_pair x WHERE EXISTS (
    SELECT FROM crossed_link k JOIN crossed_link m ON m.other_id = k.other_id
    WHERE k.person_id = x.a AND m.person_id = x.b)
""",
)
# Persons whose records were judged to be another's meanwhile come again once their documents are rebuilt.
_WRITE: Final = """
INSERT INTO registry_crossing (kind, person_id, other_id, trace, lawyer, weight, last_on, marks, ufs, units)
SELECT CASE x.kind WHEN 'T' THEN 'same_phone' ELSE 'same_address' END, x.a, x.b, x.key, x.lawyer,
    40 + CASE WHEN told.across THEN 25 ELSE 0 END + CASE WHEN told.held THEN 15 ELSE 0 END
        - CASE WHEN told.mother OR told.alike THEN 35 ELSE 0 END, told.day,
    array_remove(ARRAY[CASE WHEN told.alike THEN 'alike' END, CASE WHEN told.across THEN 'across' END,
        CASE WHEN told.held THEN 'held_now' END, CASE WHEN told.mother AND NOT told.alike THEN 'same_mother' END], NULL)
        || told.roles,
    told.ufs, coalesce(told.units, '{}')
FROM crossed_pair x JOIN LATERAL (
    SELECT array_agg(DISTINCT o.uf) AS ufs, max(r.origin_updated_at)::date AS day,
        NOT (array_agg(DISTINCT o.uf) FILTER (WHERE r.person_id = x.a)
            && array_agg(DISTINCT o.uf) FILTER (WHERE r.person_id = x.b)) AS across,
        bool_or(r.kind = 'P' AND s.situation IN ('CUSTODY', 'TRANSIT')) AS held,
        (array_agg(DISTINCT r.mother_norm) FILTER (WHERE r.person_id = x.a AND r.mother_norm LIKE '% %'
                AND r.mother_norm !~ '^(NAO|SEM|MAE|N) '))
            && (array_agg(DISTINCT r.mother_norm) FILTER (WHERE r.person_id = x.b)) AS mother,
        coalesce((array_agg(DISTINCT r.name_norm) FILTER (WHERE r.person_id = x.a))
            && (array_agg(DISTINCT r.name_norm) FILTER (WHERE r.person_id = x.b)), false)
        OR coalesce((array_agg(DISTINCT r.birth_date) FILTER (WHERE r.person_id = x.a AND r.birth_date IS NOT NULL))
            && (array_agg(DISTINCT r.birth_date) FILTER (WHERE r.person_id = x.b)), false) AS alike,
        array_agg(DISTINCT lower(r.kind)) AS roles,
        array_remove(array_agg(DISTINCT s.unit_id) FILTER (WHERE r.kind = 'P'), NULL) AS units
    FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id
        JOIN registry_personsearch s ON s.person_id = r.person_id AND s.audience <> 'O'
    WHERE r.person_id IN (x.a, x.b) AND r.removed_at IS NULL AND (x.lawyer OR r.kind <> 'L')
    HAVING count(*) > 0) told ON true
"""


def rebuild(cursor: CursorWrapper) -> None:
    """Replace the pairs of every phone and address in `crossed_key`, and say which of these are filler."""
    cursor.execute(_CLEAR)
    cursor.execute(_CLEAR_PERSONS)
    cursor.execute(_FORGET_CROWDS)
    bulk.temporary(cursor, "crossed_sharer", "kind text, key uuid, person_id bigint, lawyer boolean")
    bulk.temporary(cursor, "crossed_pair", "kind text, key uuid, a bigint, b bigint, lawyer boolean")
    bulk.temporary(cursor, "crossed_link", "person_id bigint, other_id bigint")
    most = [MOST_SHARING["T"], MOST_SHARING["E"]]
    cursor.execute(_SHARERS, [_MOST_COUNTED])
    bulk.analyse(cursor, "crossed_sharer")
    cursor.execute(_CROWDS, most)
    cursor.execute(_PAIRS, most)
    bulk.analyse(cursor, "crossed_pair")
    cursor.execute(_LINKS)
    bulk.analyse(cursor, "crossed_link")
    for statement in _UNLINK:
        cursor.execute(statement)
    cursor.execute(_WRITE)
