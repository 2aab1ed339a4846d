"""The rules' findings for a batch of records against the whole base, in the temporary table `settling_found`.

A pair is found by the first rule it satisfies. Records of a crowd, which a rule does not judge, are in
`settling_crowded`. Joins go over the indexes on CPF and on name and birth date, so that a batch costs what it
finds, not what the base holds. They begin at a copy of the batch's records: of the base's the planner believes, through
most of a first load, that none has a comparable name, and would read them all for each of the batch.
"""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.matching import rules
from registry.services import bulk

COLUMNS = (
    "a bigint, b bigint, judge text, score double precision, reasons jsonb, verdict text NOT NULL DEFAULT 'same',"
    " vetoes varchar[] NOT NULL DEFAULT '{}'"
)

_COMPARED = "id bigint, name text, cpf text, name_norm text, birth_date date, mother_norm text"
_COPY = """
INSERT INTO settling_compared SELECT r.id, r.name, r.cpf, r.name_norm, r.birth_date, r.mother_norm
FROM settling s JOIN registry_record r ON r.id = s.record_id
"""
_CROWDED_CPF = """
INSERT INTO settling_crowded
SELECT b.id, %(judge)s FROM registry_record b WHERE b.cpf <> '' AND b.cpf IN (
    SELECT c.cpf FROM registry_record c WHERE c.cpf <> ''
        AND c.cpf IN (SELECT a.cpf FROM settling_compared a)
    GROUP BY c.cpf HAVING count(*) > %(most)s)
"""
_CROWDED_NAME = """
INSERT INTO settling_crowded
SELECT b.id, %(judge)s FROM registry_record b JOIN (
    SELECT c.name_norm, c.birth_date, c.mother_norm FROM (
        SELECT DISTINCT name_norm, birth_date, mother_norm FROM settling_compared WHERE mother_norm <> '') asked
        JOIN registry_record c USING (name_norm, birth_date, mother_norm)
    GROUP BY 1, 2, 3 HAVING count(*) > %(most)s) crowd USING (name_norm, birth_date, mother_norm)
"""
_SAME_CPF = sql.SQL("""
SELECT * FROM (
    SELECT DISTINCT least(a.id, b.id), greatest(a.id, b.id),
        CASE WHEN a.id < b.id THEN a.name ELSE b.name END, CASE WHEN a.id < b.id THEN b.name ELSE a.name END,
        a.name_norm = b.name_norm AND a.name_norm <> '',
        CASE WHEN a.birth_date = b.birth_date THEN 'equal'
             WHEN a.birth_date IS NULL OR b.birth_date IS NULL THEN 'missing'
             WHEN extract(year FROM a.birth_date) = extract(year FROM b.birth_date)
              AND extract(month FROM a.birth_date) = extract(day FROM b.birth_date)
              AND extract(day FROM a.birth_date) = extract(month FROM b.birth_date) THEN 'swapped' END AS birth
    FROM settling_compared a JOIN registry_record b ON b.cpf = a.cpf AND b.cpf <> '' AND b.id <> a.id
    WHERE a.cpf <> '' AND NOT EXISTS (SELECT FROM settling_crowded c WHERE c.record_id = a.id)
) pair WHERE birth IS NOT NULL
""")
# A single word names nobody, and "não informado" is no mother. Two valid CPFs that differ speak for two people.
_SAME_NAME = """
INSERT INTO settling_found (a, b, judge, score, reasons)
SELECT DISTINCT least(a.id, b.id), greatest(a.id, b.id), %s, %s::double precision, %s::jsonb
FROM settling_compared a JOIN registry_record b ON b.name_norm = a.name_norm AND b.birth_date = a.birth_date
    AND b.mother_norm = a.mother_norm AND b.id <> a.id
WHERE a.name_norm LIKE '%% %%' AND a.mother_norm LIKE '%% %%' AND a.mother_norm !~ '^(NAO|SEM|MAE|N) '
    AND NOT (a.cpf <> '' AND b.cpf <> '' AND a.cpf <> b.cpf)
    AND NOT EXISTS (SELECT FROM settling_crowded c WHERE c.record_id = a.id AND c.judge = %s)
    AND NOT EXISTS (SELECT FROM settling_found f WHERE f.a = least(a.id, b.id) AND f.b = greatest(a.id, b.id))
"""


def find(cursor: CursorWrapper) -> None:
    """Fill `settling_found` with the pairs that the records of `settling` form under the rules."""
    bulk.temporary(cursor, "settling_found", COLUMNS)
    bulk.temporary(cursor, "settling_crowded", "record_id bigint, judge text")
    bulk.temporary(cursor, "settling_compared", _COMPARED)
    cursor.execute(_COPY)
    bulk.analyse(cursor, "settling_compared")
    cursor.execute(_CROWDED_CPF, {"judge": rules.CPF_RULE, "most": rules.MOST_RECORDS})
    for rows in bulk.pieces(_SAME_CPF):
        bulk.copy(cursor, "settling_found", ("a", "b", "judge", "score", "reasons"), _by_cpf(rows))
    bulk.analyse(cursor, "settling_found")
    cursor.execute(_CROWDED_NAME, {"judge": rules.NAME_RULE, "most": rules.MOST_RECORDS})
    finding = rules.by_name()
    cursor.execute(_SAME_NAME, [finding.judge, finding.score, _json(finding.reasons), finding.judge])
    bulk.analyse(cursor, "settling_found")


def _by_cpf(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for a, b, name, other, names_equal, birth in rows:
        finding = rules.by_cpf(name, other, names_equal=names_equal, birth=birth)
        if finding:
            yield a, b, finding.judge, finding.score, _json(finding.reasons)


def _json(reasons: rules.Reasons) -> str:
    return orjson.dumps(reasons).decode()
