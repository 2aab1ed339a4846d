"""The pairs worth scoring that a batch of records forms with the whole base, found by PostgreSQL.

The batch is the temporary table `linking(record_id)`; the pairs go to `linking_pair(a, b)`, each once. A key that
more records share than `blocking.most` allows finds nobody. Each key of the batch costs one descent of an index, the
entries there that share the key's first columns, and at most that many rows.
"""

from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.matching.blocking import RULES, Rule, agreeing, most
from registry.services import bulk

_BATCH: Final = """
CREATE TEMP TABLE linking_subject ON COMMIT DROP AS
SELECT s.* FROM linking l JOIN registry_matchsubject s ON s.record_id = l.record_id
"""
_FIND: Final = sql.SQL("""
INSERT INTO linking_found
SELECT least(mine, theirs), greatest(mine, theirs) FROM (
    SELECT {key}, array_agg(record_id) AS ids FROM linking_subject WHERE {known} GROUP BY {key} ORDER BY {key}) asked
CROSS JOIN LATERAL (SELECT array_agg(record_id) AS ids FROM (
    SELECT s.record_id FROM registry_matchsubject s WHERE {agreeing} LIMIT {more}) hit) found
CROSS JOIN LATERAL unnest(asked.ids) AS mine CROSS JOIN LATERAL unnest(found.ids) AS theirs
WHERE cardinality(found.ids) BETWEEN 2 AND {most} AND mine <> theirs
""")
# What was judged before is judged anew, by whatever rule it was found.
_JUDGED: Final = """
INSERT INTO linking_found
SELECT j.a_id, j.b_id FROM linking l JOIN registry_judgement j ON j.a_id = l.record_id
    WHERE j.revoked_at IS NULL AND j.judge NOT LIKE 'user:%'
UNION ALL SELECT j.a_id, j.b_id FROM linking l JOIN registry_judgement j ON j.b_id = l.record_id
    WHERE j.revoked_at IS NULL AND j.judge NOT LIKE 'user:%'
"""


def find(cursor: CursorWrapper) -> int:
    """Fill `linking_pair`; how many pairs there are."""
    bulk.temporary(cursor, "linking_found", "a bigint, b bigint")
    bulk.temporary(cursor, "linking_pair", "a bigint, b bigint")
    cursor.execute("DROP TABLE IF EXISTS pg_temp.linking_subject")
    cursor.execute(_BATCH)
    bulk.analyse(cursor, "linking_subject")
    # Statistics lag behind a first load, and a plan that reads the whole base for each key would never end.
    cursor.execute("SET LOCAL enable_seqscan = off")
    for rule in RULES:
        cursor.execute(_statement(rule))
    cursor.execute("SET LOCAL enable_seqscan = on")
    cursor.execute(_JUDGED)
    cursor.execute("INSERT INTO linking_pair SELECT DISTINCT a, b FROM linking_found")
    found: int = cursor.rowcount
    bulk.analyse(cursor, "linking_pair")
    return found


def _statement(rule: Rule) -> sql.Composed:
    columns = [sql.Identifier(column) for column in agreeing(rule)]
    return _FIND.format(
        key=sql.SQL(", ").join(columns),
        known=sql.SQL(" AND ").join(sql.SQL("{} IS NOT NULL").format(column) for column in columns),
        agreeing=sql.SQL(" AND ").join(sql.SQL("s.{0} = asked.{0}").format(column) for column in columns),
        more=sql.Literal(most(rule) + 1),
        most=sql.Literal(most(rule)),
    )
