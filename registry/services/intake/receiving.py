"""Receiving a handover and removing rows, inside the caller's transaction."""

import logging

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from audit.events import Actor
from registry.contracts import Handover, Received
from registry.models import Origin
from registry.services import bulk, locks
from registry.services.intake import holding, lookups, partitions, rechecks, recrosses, relinks
from registry.services.intake.resolving import resolve, resolved_columns
from registry.services.intake.statements import Statements
from registry.services.intake.views import VIEWS

log = logging.getLogger(__name__)

_DOCUMENTS = "vw_preso_documento"
# The CPF of a prisoner's record is the one among its documents; since Lei 14.534/2023 the CIN's number is the CPF too.
_TAKE_CPF = """
UPDATE registry_record r SET cpf = found.cpf FROM (
    SELECT named.id, coalesce((
        SELECT d.number FROM registry_recorddocument d
        WHERE d.record_id = named.id AND d.kind IN ('CPF', 'CIN') AND d.number <> '' AND d.removed_at IS NULL
        ORDER BY d.kind DESC, d.origin_updated_at DESC, d.id LIMIT 1), '') AS cpf
    FROM ({named}) named
) found
WHERE r.id = found.id AND r.cpf <> found.cpf
"""
_NAMED = "SELECT record_id AS id FROM {resolved} UNION SELECT touched FROM {resolved}"
# A new document that has no CPF changes none; what a known one was before, nobody knows any more.
_NAMED_ANEW = """
SELECT r.record_id AS id FROM {resolved} r JOIN {relation} h USING (id_origem)
WHERE r.known OR h.tipo IN ('CPF', 'CIN') UNION SELECT touched FROM {resolved} WHERE known
"""

# Where all documents of an origin are new, those that have a CPF are few beside the records they could be of.
_TAKE_FIRST_CPF = """
UPDATE registry_record r SET cpf = found.number FROM (
    SELECT DISTINCT ON (record_id) record_id, number FROM registry_recorddocument
    WHERE origin_id = {origin} AND kind IN ('CPF', 'CIN') AND number <> '' AND removed_at IS NULL
    ORDER BY record_id, kind DESC, origin_updated_at DESC, id
) found
WHERE r.id = found.record_id
"""


@transaction.atomic
def receive(handover: Handover, *, by: Actor) -> Received:
    """Write the new and changed rows of one view into the registry, in sets.

    Parents must have been received before. A row whose parent is unknown goes to the temporary table
    `<relation>_refused(id_origem, reason)`, reason `orphan:<field>`. Records whose identity or situation may have
    changed wait in `registry_pendingrecord` for `resolution.settle`. Raises KeyError for a view outside the contract.
    """
    statements = Statements(VIEWS[handover.view], handover)
    with connection.cursor() as cursor:
        _lock(cursor, statements)
        bulk.temporary(cursor, statements.refused, "id_origem text, reason text")
        lookups.fill(cursor, statements)
        first = not statements.view.kind and statements.all_wait and not _any_row(cursor, statements)
        received = _write_first(cursor, statements) if first else _merge(cursor, statements, handover)
    log.info(
        "%s of %s for %s: +%d ~%d -%d, %d refused",
        *(handover.view, handover.origin, by.username),
        *(received.inserted, received.updated, received.removed, received.refused),
    )
    return received


@transaction.atomic
def remove(view: str, origin: Origin, relation: str, load: int) -> int:
    """Mark the rows whose `id_origem` is in the relation as gone from the state's database; how many were there."""
    statements = Statements(VIEWS[view], Handover(view=view, origin=origin, load=load, relation=relation))
    with connection.cursor() as cursor:
        _lock(cursor, statements)
        bulk.temporary(cursor, statements.resolved, f"id bigint, {statements.record} bigint, touched bigint")
        cursor.execute(statements.find_removed())
        if (statements.view.kind or statements.view.touches) and not statements.all_wait:
            cursor.execute(statements.touch())
        _queue(cursor, statements, removing=True)
        cursor.execute(statements.remove())
        removed: int = cursor.rowcount
        if view == _DOCUMENTS:
            _take_cpf(cursor, statements, _NAMED)
    return removed


def _any_row(cursor: CursorWrapper, statements: Statements) -> bool:
    cursor.execute(statements.any_row())
    return cursor.fetchone() is not None


def _write_first(cursor: CursorWrapper, statements: Statements) -> Received:
    """Write the first facts an origin gives of a view while none of its records was judged.

    None is known yet and nothing is queued for anybody: what the rows refer to is joined as they are written, and need
    not be kept beside them first (ADR 26).
    """
    statements.replacing = False
    (given,) = bulk.first(cursor, sql.SQL("SELECT count(*) FROM {}").format(statements.relation))
    _queue(cursor, statements)
    with partitions.filling(cursor, statements.view.table.name, statements.origin_id) as table, bulk.whole_sets(cursor):
        cursor.execute(statements.write_first_rows(table))
        written: int = cursor.rowcount
        if written < given:
            cursor.execute(statements.refuse_first_rows())
    if statements.view.name == _DOCUMENTS:
        cursor.execute(sql.SQL(_TAKE_FIRST_CPF).format(origin=statements.origin))
    (removed,) = bulk.first(cursor, statements.count_removed())
    return Received(inserted=written - removed, updated=0, removed=removed, refused=given - written)


def _merge(cursor: CursorWrapper, statements: Statements, handover: Handover) -> Received:
    """Write rows beside those that are there, and queue what follows from them."""
    bulk.temporary(cursor, statements.resolved, resolved_columns(statements.view))
    cursor.execute(resolve(statements.view, handover, statements.resolved))
    bulk.tell_size(cursor, sql.Identifier(statements.resolved), "id_origem")
    (statements.replacing,) = bulk.first(cursor, statements.any_known())
    inserted, updated, removed, refused = bulk.first(cursor, statements.count())
    cursor.execute(statements.refuse())
    _touch(cursor, statements)
    _queue(cursor, statements)
    _write(cursor, statements)
    if handover.view == _DOCUMENTS:
        _take_cpf(cursor, statements, _NAMED_ANEW)
    return Received(inserted=inserted, updated=updated, removed=removed, refused=refused)


def _lock(cursor: CursorWrapper, statements: Statements) -> None:
    """Views that write `registry_record` wait while records are being judged, and the other way round.

    Of an origin of which none was judged yet, all views do.
    """
    if statements.view.kind or statements.view.name == _DOCUMENTS:
        locks.writing_records(cursor)
    statements.all_wait = locks.counting_on_waiting(cursor, statements.origin_id)


def _touch(cursor: CursorWrapper, statements: Statements) -> None:
    if statements.view.kind:
        cursor.execute(statements.touch_new())
    if statements.all_wait:
        return
    if statements.view.touches or (statements.view.kind and statements.replacing):
        cursor.execute(statements.touch())


def _queue(cursor: CursorWrapper, statements: Statements, *, removing: bool = False) -> None:
    """Leave to others what follows from the rows. In the order in which they who work on it lock the queues: records
    to be judged, persons, crossings; or two would wait for each other.
    """
    if statements.all_wait:
        rechecks.leave_units(cursor, statements, removing=removing)
        return
    holding.hold(cursor, statements, removing=removing)
    rechecks.leave(cursor, statements, removing=removing)
    relinks.leave(cursor, statements, removing=removing)
    recrosses.leave(cursor, statements, removing=removing)


def _write(cursor: CursorWrapper, statements: Statements) -> None:
    if statements.view.record is None:
        with partitions.filling(cursor, statements.view.table.name, statements.origin_id) as table:
            cursor.execute(statements.write_rows(table))
        return
    cursor.execute(statements.make_persons())
    cursor.execute(statements.write_records(statements.view.record))
    cursor.execute(statements.write_kind())


def _take_cpf(cursor: CursorWrapper, statements: Statements, named: str) -> None:
    given = sql.SQL(named).format(resolved=sql.Identifier(statements.resolved), relation=statements.relation)
    cursor.execute(sql.SQL(_TAKE_CPF).format(named=given))
