"""Records of the base as the sources of matching, in the order of their ids."""

from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.matching.subjects import Source
from registry.services import bulk

# A record of several documents of a kind, or other names, brings the first: comparing one is what weights are for.
_SOURCES = sql.SQL("""
WITH document AS (
    SELECT DISTINCT ON (record_id, kind) record_id, kind, coalesce(nullif(number, ''), raw) AS number, issuer
    FROM registry_recorddocument WHERE removed_at IS NULL AND kind IN ('CPF', 'RG') AND {of_documents}
    ORDER BY record_id, kind, origin_key),
other AS (
    SELECT DISTINCT ON (record_id) record_id, value FROM registry_recordname
    WHERE removed_at IS NULL AND kind = 'NOME' AND {of_documents} ORDER BY record_id, origin_key)
SELECT r.id, r.name, r.mother_name AS mother, r.father_name AS father, coalesce(other.value, '') AS alias,
    r.birth_date AS birth, r.sex, coalesce(nullif(r.cpf, ''), cpf.number, '') AS cpf, coalesce(p.rji, '') AS rji,
    coalesce(rg.number, v.rg_norm, '') AS rg,
    CASE WHEN rg.issuer ~ '[A-Z]{{2}}$' THEN right(rg.issuer, 2) ELSE '' END AS rg_uf,
    coalesce(p.birthplace, '') AS birthplace, coalesce(l.oab_uf || l.oab_number, '') AS oab
FROM registry_record r
    LEFT JOIN registry_prisoner p ON p.record_ptr_id = r.id
    LEFT JOIN registry_visitor v ON v.record_ptr_id = r.id
    LEFT JOIN registry_lawyer l ON l.record_ptr_id = r.id
    LEFT JOIN document cpf ON cpf.record_id = r.id AND cpf.kind = 'CPF'
    LEFT JOIN document rg ON rg.record_id = r.id AND rg.kind = 'RG'
    LEFT JOIN other ON other.record_id = r.id
WHERE {of_records} ORDER BY r.id
""")
_ALL = _SOURCES.format(of_documents=sql.SQL("true"), of_records=sql.SQL("true"))
_WAITING = _SOURCES.format(
    of_documents=sql.SQL("record_id IN (SELECT record_id FROM settling)"),
    of_records=sql.SQL("r.id IN (SELECT record_id FROM settling)"),
)
_READ = sql.SQL("SELECT * FROM settling_source ORDER BY id")
_KEYS = sql.SQL(
    "SELECT o.code, r.kind, r.origin_key, r.id FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id"
)


def sources() -> Iterator[Source]:
    """Every record of the base, whatever its kind: visitors and lawyers have been prisoners elsewhere."""
    for rows in bulk.pieces(_ALL):
        yield from map(Source._make, rows)


def read_waiting(cursor: CursorWrapper) -> None:
    """Keep the records of the temporary table `settling`, as they are now, in `settling_source`."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.settling_source")
    cursor.execute(sql.SQL("CREATE TEMP TABLE settling_source ON COMMIT DROP AS {}").format(_WAITING))
    bulk.analyse(cursor, "settling_source")


def find_unchanged(cursor: CursorWrapper) -> None:
    """Leave in `settling_unchanged` the records that are still as `read_waiting` kept them."""
    bulk.temporary(cursor, "settling_unchanged", "record_id bigint PRIMARY KEY")
    cursor.execute(
        sql.SQL(
            "INSERT INTO settling_unchanged SELECT id FROM (SELECT * FROM settling_source INTERSECT ({})) same"
        ).format(_WAITING)
    )


def waiting_sources() -> Iterator[list[Source]]:
    """The records that `read_waiting` kept, in pieces: the connection is free between two of them."""
    for rows in bulk.pieces(_READ):
        yield [Source._make(row) for row in rows]


def keys() -> dict[tuple[str, str, str], int]:
    """Code of the origin, kind (P, V, L) and id in the origin → id of the record."""
    return {(code, kind, key): record for rows in bulk.pieces(_KEYS) for code, kind, key, record in rows}
