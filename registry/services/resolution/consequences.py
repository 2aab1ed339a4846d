"""The persons that would follow from the judgements of a dry run, without moving anybody.

The judgements are those of `settling_found` for rules and models, and those that stand for humans. Memory holds nine
bytes for each id of a record and some groups of people at a time, whatever the base holds; the rest is in PostgreSQL.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.matching.clusters import Components, cluster
from registry.matching.vetoes import SURELY_TWO
from registry.services import bulk

_GROUPS_AT_ONCE: Final = 500

_SAME: Final = """
CREATE TEMP TABLE as_if_same ON COMMIT DROP AS
SELECT a_id AS a, b_id AS b, true AS by_human, score FROM registry_judgement
    WHERE revoked_at IS NULL AND verdict = 'same' AND judge LIKE 'user:%'
UNION ALL SELECT f.a, f.b, false, f.score FROM settling_found f WHERE f.verdict = 'same' AND NOT EXISTS (
    SELECT FROM registry_judgement h WHERE h.a_id = f.a AND h.b_id = f.b AND h.revoked_at IS NULL
        AND h.judge LIKE 'user:%' AND h.verdict <> 'same')
"""
_APART: Final = """
CREATE TEMP TABLE as_if_apart ON COMMIT DROP AS
SELECT a_id AS a, b_id AS b FROM registry_judgement WHERE revoked_at IS NULL AND verdict = 'different'
UNION ALL SELECT f.a, f.b FROM settling_found f WHERE f.verdict = 'unsure' AND f.vetoes <> '{}' AND NOT EXISTS (
    SELECT FROM registry_judgement h WHERE h.a_id = f.a AND h.b_id = f.b AND h.revoked_at IS NULL
        AND h.judge LIKE 'user:%' AND h.verdict = 'same')
"""
_EDGES: Final = sql.SQL("SELECT a, b FROM as_if_same")
# Components that hold a pair kept apart. No other pair kept apart matters, for nothing would join it.
_CONTESTED: Final = """
CREATE TEMP TABLE contested ON COMMIT DROP AS
SELECT x.lead_id, array_agg(ARRAY[p.a, p.b]) AS apart
FROM as_if_apart p JOIN rebuilt x ON x.record_id = p.a
    JOIN rebuilt y ON y.record_id = p.b AND y.lead_id = x.lead_id GROUP BY x.lead_id
"""
# A human's word first, then the strongest, as persons are rebuilt.
_GROUPS: Final = sql.SQL("""
SELECT told.edges, contested.apart FROM contested JOIN (
    SELECT c.lead_id, array_agg(ARRAY[s.a, s.b] ORDER BY s.by_human DESC, s.score DESC NULLS LAST, s.a, s.b) AS edges
    FROM contested c JOIN rebuilt r USING (lead_id) JOIN as_if_same s ON s.a = r.record_id GROUP BY c.lead_id
) told USING (lead_id)
""")
_FORGET: Final = "DELETE FROM rebuilt r USING contested c WHERE r.lead_id = c.lead_id"
_COMPARE: Final = """
CREATE TEMP TABLE relinked ON COMMIT DROP AS
SELECT r.id, r.kind, o.uf, r.person_id AS now_with, lead.home_id AS then_with
FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id LEFT JOIN rebuilt c ON c.record_id = r.id
    JOIN registry_record lead ON lead.id = coalesce(c.lead_id, r.id)
"""
_MOVED: Final = """
SELECT kind, uf, count(*) FROM relinked WHERE now_with <> then_with GROUP BY 1, 2 ORDER BY 1, 2
"""
_CHANGED: Final = """
SELECT count(*), coalesce((array_agg(example ORDER BY example))[1:20], '{{}}') FROM (
    SELECT min(id) AS example FROM relinked GROUP BY {by} HAVING count(DISTINCT {of}) > 1) changed
"""
_TO_REVIEW: Final = """
SELECT count(*) FROM settling_found f JOIN relinked a ON a.id = f.a JOIN relinked b ON b.id = f.b
WHERE a.then_with <> b.then_with AND %s <> ALL (f.vetoes) AND NOT EXISTS (SELECT FROM registry_judgement h
    WHERE h.a_id = f.a AND h.b_id = f.b AND h.revoked_at IS NULL AND h.judge LIKE 'user:%%')
"""


def figures(cursor: CursorWrapper) -> dict[str, Any]:
    """How many persons would be joined and split, with a record of some of them, and how many records would move.

    `to_review` are the pairs that would be left to humans, `waiting_now` those that wait today.
    """
    cluster_as_if(cursor)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.relinked")
    cursor.execute(_COMPARE)
    cursor.execute(_MOVED)
    moved = [{"kind": kind, "uf": uf, "records": count} for kind, uf, count in cursor.fetchall()]
    joins, joined = bulk.first(cursor, _CHANGED.format(by="then_with", of="now_with"))
    splits, split = bulk.first(cursor, _CHANGED.format(by="now_with", of="then_with"))
    (to_review,) = bulk.first(cursor, _TO_REVIEW, [SURELY_TWO])
    (waiting,) = bulk.first(cursor, "SELECT count(*) FROM registry_review WHERE closed_at IS NULL")
    return {
        "joins": joins, "joined_examples": joined, "splits": splits, "split_examples": split, "moved": moved,
        "moved_records": sum(one["records"] for one in moved), "to_review": to_review, "waiting_now": waiting,
    }  # fmt: skip


def cluster_as_if(cursor: CursorWrapper) -> None:
    """Fill `rebuilt` with each record that would share a person, and the lowest record of that person.

    What joins records is followed first as if nothing kept any apart; then the groups that hold a pair kept apart, a
    few, are told anew one by one.
    """
    bulk.temporary(cursor, "rebuilt", "record_id bigint, lead_id bigint")
    for name, filling in (("as_if_same", _SAME), ("as_if_apart", _APART)):
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        cursor.execute(filling)
        bulk.analyse(cursor, name)
    bulk.copy(cursor, "rebuilt", ("record_id", "lead_id"), _components(cursor).leads())
    bulk.analyse(cursor, "rebuilt")
    _settle_contested(cursor)
    bulk.analyse(cursor, "rebuilt")


def _components(cursor: CursorWrapper) -> Components:
    (highest,) = bulk.first(cursor, "SELECT coalesce(max(greatest(a, b)), 0) FROM as_if_same")
    components = Components(highest)
    for edges in bulk.pieces(_EDGES):
        for a, b in edges:
            components.join(a, b)
    return components


def _settle_contested(cursor: CursorWrapper) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.contested")
    cursor.execute(_CONTESTED)
    bulk.analyse(cursor, "contested")
    bulk.temporary(cursor, "settled_anew", "record_id bigint, lead_id bigint")
    for groups in bulk.pieces(_GROUPS, at_once=_GROUPS_AT_ONCE):
        bulk.copy(cursor, "settled_anew", ("record_id", "lead_id"), _leads(groups))
    cursor.execute(_FORGET)
    cursor.execute("INSERT INTO rebuilt SELECT * FROM settled_anew")


def _leads(groups: list[tuple[Any, ...]]) -> Iterator[tuple[int, int]]:
    for edges, apart in groups:
        yield from cluster(map(tuple, edges), map(tuple, apart)).items()
