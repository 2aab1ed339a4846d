"""Contact keys of the records of a batch, and who among them has no known identity."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.models import ContactKind
from registry.services import bulk
from registry.values.traces import address_key, hashed, mark_words, phone_keys
from registry.values.unnamed import is_unnamed

_MARKS: Final = ("TATUAGEM", "CICATRIZ", "outros")

_TEXTS: Final = sql.SQL("""
SELECT c.record_id, c.person_id, c.kind, c.uf, r.phone, r.address,
    CASE WHEN c.kind = 'P' THEN (
        SELECT string_agg(concat_ws(' ', m.description, m.body_part), E'\\n') FROM registry_mark m
        WHERE m.record_id = c.record_id AND m.removed_at IS NULL AND m.kind = ANY({marks})) END
FROM crossed_record c JOIN registry_record r ON r.id = c.record_id
""").format(marks=sql.Literal(list(_MARKS)))
_COLUMNS: Final = ("kind", "key", "person_id", "record_id", "lawyer")
_CHANGED: Final = """
INSERT INTO crossed_key
SELECT kind, key FROM (
    SELECT o.kind, o.key, o.person_id FROM crossed t JOIN registry_contactkey o ON o.person_id = t.person_id
    UNION SELECT kind, key, person_id FROM crossed_contact) both_sides
WHERE kind IN ('T', 'E') GROUP BY kind, key
"""
_DROP: Final = """
DELETE FROM registry_contactkey o USING crossed t WHERE o.person_id = t.person_id AND NOT EXISTS (
    SELECT FROM crossed_contact n
    WHERE (n.kind, n.key, n.record_id, n.person_id) = (o.kind, o.key, o.record_id, o.person_id))
"""
_ADD: Final = """
INSERT INTO registry_contactkey (kind, key, person_id, record_id, lawyer)
SELECT kind, key, person_id, record_id, lawyer FROM crossed_contact n WHERE NOT EXISTS (
    SELECT FROM registry_contactkey o WHERE o.person_id = n.person_id
        AND (o.kind, o.key, o.record_id) = (n.kind, n.key, n.record_id))
ORDER BY kind, key
"""
_NAMES: Final = sql.SQL("""
SELECT c.record_id, c.person_id, r.sex, r.name, r.cpf <> '' OR EXISTS (
        SELECT FROM registry_recorddocument d WHERE d.record_id = c.record_id AND d.removed_at IS NULL),
    r.mother_name, (SELECT min(started_at)::date FROM registry_custody k WHERE k.prisoner_id = c.record_id
        AND k.removed_at IS NULL)
FROM crossed_record c JOIN registry_record r ON r.id = c.record_id WHERE c.kind = 'P'
""")
_FORGET: Final = "DELETE FROM registry_unidentified u USING crossed t WHERE u.person_id = t.person_id"
_UNKNOWN: Final = ("record_id", "person_id", "sex", "since", "unnamed")


def rebuild(cursor: CursorWrapper) -> None:
    """Write the batch's contact keys and its unidentified; `crossed_key` has the phones and addresses to compare."""
    bulk.temporary(cursor, "crossed_contact", "kind text, key uuid, person_id bigint, record_id bigint, lawyer boolean")
    bulk.temporary(cursor, "crossed_key", "kind text, key uuid")
    for rows in bulk.pieces(_TEXTS):
        bulk.copy(cursor, "crossed_contact", _COLUMNS, _keys(rows))
    bulk.analyse(cursor, "crossed_contact")
    cursor.execute(_CHANGED)
    bulk.analyse(cursor, "crossed_key")
    cursor.execute(_DROP)
    cursor.execute(_ADD)
    cursor.execute(_FORGET)
    for rows in bulk.pieces(_NAMES):
        bulk.copy(cursor, "registry_unidentified", _UNKNOWN, _unidentified(rows))


def _keys(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for record, person, kind, uf, phone, address, marks in rows:
        for contact, text in _texts(uf, phone, address, marks or ""):
            yield contact.value, hashed(text), person, record, kind == "L"


def _texts(uf: str, phone: str, address: str, marks: str) -> Iterator[tuple[ContactKind, str]]:
    if phone:
        yield from ((ContactKind.PHONE, number) for number in phone_keys(phone, uf))
    if address and (door := address_key(address)):
        yield ContactKind.ADDRESS, door
    for word in {word for mark in marks.splitlines() for word in mark_words(mark)}:
        yield ContactKind.MARK, word


def _unidentified(
    rows: list[tuple[int, int, str, str, bool, str, date | None]],
) -> Iterator[tuple[int, int, str, date | None, bool]]:
    """Without a name; or without any document and without a mother's name."""
    for record, person, sex, name, documented, mother, since in rows:
        unnamed = is_unnamed(name)
        if unnamed or (not documented and is_unnamed(mother)):
            yield record, person, sex, since, unnamed
