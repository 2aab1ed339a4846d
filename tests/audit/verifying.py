"""The verifier over the test's database."""

import itertools
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connections

from audit import checkpoints
from audit_verify.check import check
from audit_verify.database import opened
from audit_verify.files import dump
from audit_verify.verify import Report
from senappen import servers


def address() -> str:
    """Of the test's database, as the auditor."""
    return servers.postgres().url(user=servers.AUDITOR_ROLE, name=connections["owner"].settings_dict["NAME"])


def key() -> Ed25519PublicKey:
    """What verifies the signatures of this test."""
    return checkpoints.signing_key().public_key()


def report(outside: Iterable[str] = ()) -> Report:
    """What the verifier says of the database."""
    with opened(address()) as base:
        items = itertools.chain(base.checkpoints(), base.retirements(), base.orphans(), base.links())
        return check(items, outside, [key()])


def export() -> bytes:
    """The database as a file."""
    with opened(address()) as base:
        statements = {"checkpoints": list(base.checkpoints()), "retirements": list(base.retirements())}
        return b"".join(dump(base.links(), orphans=list(base.orphans()), **statements))


def folder() -> str:
    """Where checkpoints are handed out."""
    return str(settings.AUDIT_CHECKPOINT_DIR)
