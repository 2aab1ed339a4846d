"""Crossings of one person's own records: a visitor who was a prisoner, who visits many, who is in two cells."""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.services import bulk

# From how many prisoners on somebody is kept as a visitor, or a lawyer, of many; the screen asks for as many or more.
FEWEST_VISITED: Final = 2
FEWEST_DEFENDED: Final = 5

_CLEAR: Final = """
DELETE FROM registry_crossing c USING crossed t WHERE c.person_id = t.person_id AND c.other_id IS NULL
"""
# The day of an arrest or a release belongs to both sides of the wall.
_HELD_VISITS: Final = """
INSERT INTO crossed_held_visit
SELECT v.person_id, v.other_id, v.entered_at::date, v.unit_id, s.uf
FROM crossed_visit v JOIN crossed_stay s ON s.person_id = v.person_id
    AND v.entered_at > s.started_at + interval '1 day' AND v.entered_at < s.ended_at - interval '1 day'
"""
_TOGETHER: Final = """
INSERT INTO crossed_together
SELECT DISTINCT k.person_id, k.other_id
FROM crossed_tie k JOIN crossed_stay s ON s.person_id = k.person_id
    JOIN registry_record p ON p.person_id = k.other_id AND p.kind = 'P' AND p.removed_at IS NULL
    JOIN registry_custody c ON c.prisoner_id = p.id AND c.unit_id = s.unit_id AND c.removed_at IS NULL
        AND c.started_at < s.ended_at - interval '1 day'
        AND coalesce(c.ended_at, 'infinity') > s.started_at + interval '1 day'
WHERE k.role = 'V'
"""
_VISITOR_PRISONER: Final = """
INSERT INTO registry_crossing (kind, person_id, lawyer, weight, last_on, marks, ufs, units, named, detail)
SELECT 'visitor_prisoner', t.person_id, false,
    CASE WHEN held.n > 0 THEN 90 WHEN mates.n > 0 THEN 70 WHEN t.held THEN 50 ELSE 30 END, ties.day,
    array_remove(ARRAY[CASE WHEN held.n > 0 THEN 'held_visit' END, CASE WHEN mates.n > 0 THEN 'together' END,
        CASE WHEN t.held THEN 'held_now' END,
        CASE WHEN NOT places.visited && places.served THEN 'elsewhere' END], NULL),
    ARRAY(SELECT DISTINCT unnest(places.visited || places.served) ORDER BY 1), coalesce(ties.units, '{}'),
    ARRAY(SELECT one FROM unnest(held.named || mates.named || ties.named) WITH ORDINALITY AS u (one, n)
        GROUP BY one ORDER BY min(n) LIMIT 3),
    jsonb_strip_nulls(jsonb_build_object('prisoners', ties.n, 'visits', ties.visits, 'held_visits', held.n,
        'held_first', held.first, 'held_last', held.last, 'held_ufs', held.ufs, 'together', mates.n,
        'visited_ufs', places.visited, 'served_ufs', places.served))
FROM crossed t
    JOIN LATERAL (SELECT array_agg(DISTINCT uf) FILTER (WHERE kind = 'V') AS visited,
        array_agg(DISTINCT uf) FILTER (WHERE kind = 'P') AS served
        FROM crossed_record r WHERE r.person_id = t.person_id) places ON true
    JOIN LATERAL (SELECT count(*) AS n, coalesce(sum(contacts), 0) AS visits, max(day) AS day,
        array_agg(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL) AS units,
        array_agg(other_id ORDER BY day DESC, other_id) AS named
        FROM crossed_tie k WHERE k.person_id = t.person_id AND k.role = 'V') ties ON true
    JOIN LATERAL (SELECT count(*) AS n, min(day) AS first, max(day) AS last, array_agg(DISTINCT uf) AS ufs,
        array_agg(DISTINCT other_id) AS named
        FROM crossed_held_visit h WHERE h.person_id = t.person_id) held ON true
    JOIN LATERAL (SELECT count(*) AS n, array_agg(other_id ORDER BY other_id) AS named
        FROM crossed_together m WHERE m.person_id = t.person_id) mates ON true
WHERE t.visitor AND t.prisoner
"""
_OF_MANY: Final = """
INSERT INTO registry_crossing (kind, person_id, lawyer, weight, last_on, marks, ufs, units, named, detail, recent,
    at_units, at_ufs, close)
SELECT %(kind)s, person_id, %(role)s = 'L', least(count(*), 32767), max(day), '{}', array_agg(DISTINCT uf),
    coalesce(array_agg(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL), '{}'),
    (array_agg(other_id ORDER BY day DESC, other_id))[1:3], jsonb_build_object('contacts', sum(contacts)),
    array_agg(day ORDER BY day DESC, other_id), array_agg(coalesce(unit_id, 0) ORDER BY day DESC, other_id),
    array_agg(uf ORDER BY day DESC, other_id), array_agg(close ORDER BY day DESC, other_id)
FROM crossed_tie WHERE role = %(role)s GROUP BY person_id HAVING count(*) >= %(fewest)s
"""
_LAWYER_TOO: Final = """
INSERT INTO registry_crossing (kind, person_id, lawyer, weight, last_on, marks, ufs, units, named, detail)
SELECT %(kind)s, t.person_id, true, CASE WHEN t.held THEN 90 ELSE 50 END, ties.day,
    array_remove(ARRAY[CASE WHEN t.held THEN 'held_now' END], NULL), places.ufs, coalesce(ties.units, '{}'),
    coalesce(ties.named, '{}'), jsonb_build_object('prisoners', ties.n, 'contacts', ties.contacts)
FROM crossed t
    JOIN LATERAL (SELECT array_agg(DISTINCT uf) AS ufs FROM crossed_record r WHERE r.person_id = t.person_id) places
        ON true
    JOIN LATERAL (SELECT count(*) AS n, coalesce(sum(contacts), 0) AS contacts, max(day) AS day,
        array_agg(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL) AS units,
        (array_agg(other_id ORDER BY day DESC, other_id))[1:3] AS named
        FROM crossed_tie k WHERE k.person_id = t.person_id AND k.role = %(role)s) ties ON true
WHERE t.lawyer AND CASE %(role)s WHEN 'V' THEN t.visitor ELSE t.prisoner END
"""
_TWO_UNITS: Final = """
INSERT INTO registry_crossing (kind, person_id, lawyer, weight, last_on, marks, ufs, units, named, detail)
SELECT 'two_units', person_id, false, CASE WHEN count(DISTINCT uf) > 1 THEN 65 ELSE 60 END, max(started_at)::date,
    array_remove(ARRAY[CASE WHEN count(DISTINCT uf) > 1 THEN 'across' END], NULL), array_agg(DISTINCT uf),
    array_agg(DISTINCT unit_id), '{}', '{}'
FROM crossed_stay WHERE open GROUP BY person_id HAVING count(DISTINCT unit_id) > 1
"""


def rebuild(cursor: CursorWrapper) -> None:
    """Replace the crossings of one person alone, for everyone in the batch."""
    cursor.execute(_CLEAR)
    bulk.temporary(cursor, "crossed_held_visit", "person_id bigint, other_id bigint, day date, unit_id bigint, uf text")
    bulk.temporary(cursor, "crossed_together", "person_id bigint, other_id bigint")
    cursor.execute(_HELD_VISITS)
    cursor.execute(_TOGETHER)
    cursor.execute(_VISITOR_PRISONER)
    cursor.execute(_OF_MANY, {"kind": "visitor_of_many", "role": "V", "fewest": FEWEST_VISITED})
    cursor.execute(_OF_MANY, {"kind": "lawyer_of_many", "role": "L", "fewest": FEWEST_DEFENDED})
    cursor.execute(_LAWYER_TOO, {"kind": "lawyer_visitor", "role": "V"})
    cursor.execute(_LAWYER_TOO, {"kind": "lawyer_prisoner", "role": "L"})
    cursor.execute(_TWO_UNITS)
