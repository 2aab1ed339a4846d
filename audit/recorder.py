"""The only door into the audit.

`record_now` commits at once on the audit's own connection: use it for reads, before anything is shown.
`record_with` joins the caller's transaction: use it for writes, so that change and record stand or fall together.
Both go through the database function `audit_append`; the application's role can do nothing else to the table.
"""

import base64
import hashlib

import orjson
from django.db import DatabaseError, InterfaceError, connections, transaction

from audit import sealing
from audit.events import Event


class AuditUnavailable(Exception):
    """The audit did not commit the event: nothing may be shown. Answer 503."""


def record_now(event: Event) -> int:
    """Append and commit on a connection of its own; the event's id. Raises AuditUnavailable."""
    try:
        # durable: refuses to run inside another transaction, where "committed" would not be true yet.
        with transaction.atomic(using="audit", durable=True):
            return _append("audit", event)
    except (DatabaseError, InterfaceError) as error:
        connections["audit"].close_if_unusable_or_obsolete()
        raise AuditUnavailable from error


def record_with(event: Event, *, using: str = "default") -> int:
    """Append inside the caller's transaction; the event's id. Raises AuditUnavailable, undoing the caller's write."""
    if not connections[using].in_atomic_block:
        raise RuntimeError("record_with needs the transaction of the write it records.")
    try:
        with transaction.atomic(using=using):
            return _append(using, event)
    except (DatabaseError, InterfaceError) as error:
        raise AuditUnavailable from error


def fingerprint(secret: str) -> str:
    """A name for a session key or token that does not give it away: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def _append(using: str, event: Event) -> int:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT audit_append(%s::jsonb)", [orjson.dumps(_row(event)).decode()])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def _row(event: Event) -> dict[str, object]:
    actor = event.actor
    text = {"purpose_text": event.purpose_text, "detail": event.detail}
    sealed = sealing.seal(text, request=actor.request, kind=event.kind)
    return {
        "kind": event.kind,
        "action": event.action,
        "actor_id": actor.id,
        "actor": actor.username,
        "role": actor.role,
        "agency": actor.agency,
        "channel": actor.channel,
        "address": actor.address,
        "session": actor.session,
        "request": actor.request,
        "purpose": event.purpose,
        "intent": event.intent,
        "receipt": event.receipt,
        "subjects": list(event.subjects),
        "sealed": base64.b64encode(sealed.sealed).decode(),
        "key": base64.b64encode(sealed.wrapped).decode(),
    }
