"""Records of the base as the sources of matching, in the order of their ids."""

from collections.abc import Iterator

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
SELECT r.id, r.name, r.mother_name, r.father_name, coalesce(other.value, ''), r.birth_date, r.sex,
    coalesce(nullif(r.cpf, ''), cpf.number, ''), coalesce(p.rji, ''), coalesce(rg.number, v.rg_norm, ''),
    CASE WHEN rg.issuer ~ '[A-Z]{{2}}$' THEN right(rg.issuer, 2) ELSE '' END, coalesce(p.birthplace, ''),
    coalesce(l.oab_uf || l.oab_number, '')
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
_KEYS = sql.SQL(
    "SELECT o.code, r.kind, r.origin_key, r.id FROM registry_record r JOIN registry_origin o ON o.id = r.origin_id"
)


def sources() -> Iterator[Source]:
    """Every record of the base, whatever its kind: visitors and lawyers have been prisoners elsewhere."""
    for rows in bulk.pieces(_ALL):
        yield from map(Source._make, rows)


def waiting_sources() -> Iterator[list[Source]]:
    """The records of the temporary table `settling`, in pieces: the connection is free between two of them."""
    for rows in bulk.pieces(_WAITING):
        yield [Source._make(row) for row in rows]


def keys() -> dict[tuple[str, str, str], int]:
    """Code of the origin, kind (P, V, L) and id in the origin → id of the record."""
    return {(code, kind, key): record for rows in bulk.pieces(_KEYS) for code, kind, key, record in rows}
