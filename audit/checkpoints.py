"""Signs the state of the 16 chains every minute, and hands what was signed out of the database's reach.

The signer trusts neither side blindly: before it signs again it looks whether what it signed last, as the folder
outside remembers it, is still in the chains. Whoever rewrote them is told of within a minute, and nothing is signed.
"""

import base64
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction

from audit.models import Checkpoint
from audit_verify import statements
from audit_verify.encoding import START
from audit_verify.statements import Head, StatementError

# The key of the advisory lock that keeps signers one at a time.
LOCK = 1_635_083_370
# Chains that do not move are signed now and then all the same: silence must not look like health.
HEARTBEAT = timedelta(hours=1)
HEADS = """
SELECT coalesce(l.seq, 0), l.hash FROM generate_series(0, 15) AS s(stream) LEFT JOIN LATERAL (
    SELECT seq, hash FROM audit_link WHERE stream = s.stream ORDER BY seq DESC LIMIT 1) AS l ON true
ORDER BY s.stream
"""


class ChainBroken(Exception):
    """What was signed is not in the chains any more. The message says where, in pt-BR."""


def signing_key() -> Ed25519PrivateKey:
    """The key of `AUDIT_KEY_FILE`: 32 bytes in base64, kept where the database's owner cannot read."""
    path = Path(settings.AUDIT_KEY_FILE)
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_text().strip(), validate=True))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured("AUDIT_KEY_FILE must hold an Ed25519 key: 32 bytes in base64.") from error


def public_key() -> str:
    """What verifies the signatures, in base64."""
    return base64.b64encode(signing_key().public_key().public_bytes_raw()).decode()


def sign(now: datetime | None = None) -> Checkpoint | None:
    """Sign what the chains hold now; None when nothing moved, or another process is at it. Raises ChainBroken."""
    now, key = now or datetime.now(UTC), signing_key()
    with transaction.atomic(using="auditor"), connections["auditor"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(HEADS)
        heads = tuple(Head(seq, bytes(digest) if seq else START) for seq, digest in cursor.fetchall())
        last = _last(key.public_key())
        if last is not None and last.heads == heads and now - datetime.fromisoformat(last.at) < HEARTBEAT:
            return None
        made = statements.Checkpoint(
            number=last.number + 1 if last else 1,
            at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            previous=last.digest if last else START,
            heads=heads,
        )
        text = statements.sign_checkpoint(made, key)
        cursor.execute("SELECT audit_keep_checkpoint(%s, %s, %s)", [made.number, now, text])
    return Checkpoint(number=made.number, at=now, text=text)


def hand_out() -> int:
    """Append to the folder what it does not have yet, one file a day; how many. Safe to repeat after any stop."""
    folder = Path(settings.AUDIT_CHECKPOINT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    known = _handed_out(signing_key().public_key())
    missing = Checkpoint.objects.using("auditor").filter(number__gt=known.number if known else 0).order_by("number")
    count = 0
    for kept in missing.iterator():
        count += 1
        with (folder / f"{kept.at.astimezone(UTC):%Y-%m-%d}.txt").open("a", encoding="utf-8") as file:
            file.write(kept.text)
            file.flush()
            os.fsync(file.fileno())
    return count


def latest() -> Checkpoint | None:
    """The last one signed."""
    return Checkpoint.objects.using("auditor").order_by("-number").first()


def _last(key: Ed25519PublicKey) -> statements.Checkpoint | None:
    kept = latest()
    try:
        last = statements.read_checkpoint(kept.text, [key]) if kept else None
    except StatementError as error:
        raise ChainBroken(f"o último ponto de controle guardado no banco não confere: {error}") from error
    outside = _handed_out(key)
    if outside is not None and (last is None or last.number < outside.number):
        raise ChainBroken(f"faltam no banco os pontos de controle até o {outside.number}, que a pasta tem")
    for signed in (outside, last):
        if signed is not None:
            _still_there(signed)
    return last


def _still_there(signed: statements.Checkpoint) -> None:
    with connections["auditor"].cursor() as cursor:
        for place, head in enumerate(signed.heads):
            if head.seq:
                cursor.execute("SELECT hash FROM audit_link WHERE stream = %s AND seq = %s", [place, head.seq])
                found = cursor.fetchone()
                if found is None or bytes(found[0]) != head.hash:
                    where = f"corrente {place}, sequência {head.seq}"
                    raise ChainBroken(f"{where}: o banco não tem o que o ponto de controle {signed.number} assinou")


def _handed_out(key: Ed25519PublicKey) -> statements.Checkpoint | None:
    files = sorted(Path(settings.AUDIT_CHECKPOINT_DIR).glob("????-??-??.txt"))
    for file in reversed(files):
        for text in reversed(statements.split(file.read_text())):
            try:
                return statements.read_checkpoint(text, [key])
            except StatementError:
                continue  # a write that a crash cut short, or another key's
    return None
