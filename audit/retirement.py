"""Taking a month of the audit out once its time is over: the links stay, and a signed statement of what they held.

Nothing leaves the database that is not elsewhere: a month goes only against an export that verifies, with the events in
it. Forgetting its texts alone needs no export, since that is what is wanted (LGPD, Lei 13.709/2018, art. 16).
"""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import OperationalError, connections, transaction

from audit import checkpoints, recorder
from audit.events import Actor, Event, Kind
from audit_verify.check import check
from audit_verify.encoding import Event as Exported
from audit_verify.encoding import Link, Tree
from audit_verify.files import FileError, load
from audit_verify.statements import Retirement, sign_retirement, split

# An append waits half a second for the table; whoever takes a month out must not make it fail.
PATIENCE_MS = 300
EVENTS, KEYS = "audit_accessevent", "audit_eventkey"


class NotRetired(Exception):
    """The month stays as it is. The message says why and what to do, in pt-BR."""


def retire(*, month: date, export: Path, by: Actor, now: datetime | None = None) -> Retirement:
    """Take out the events of a month (any day of it, UTC) and the keys of their texts. Raises NotRetired."""
    now, key = now or datetime.now(UTC), checkpoints.signing_key()
    _require(month, now, EVENTS)
    tree = _exported(month, export, key.public_key())
    if (tree.count, tree.root) != _linked(month):
        raise NotRetired("A exportação não tem os mesmos eventos que o banco neste mês: exporte outra vez.")
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    done = Retirement(month=f"{month:%Y-%m}", at=at, events=tree.count, root=tree.root)
    text = sign_retirement(done, key)
    _hand_out(done.month, text)
    keep = ("INSERT INTO audit_retirement VALUES (%s, %s, %s)", [month.replace(day=1), now, text])
    detail = {"month": done.month, "events": done.events, "root": done.root.hex()}
    _drop(month, [EVENTS, KEYS], [keep], Event(kind=Kind.CONFIGURED, actor=by, action="audit.retire", detail=detail))
    return done


def forget(*, month: date, by: Actor, now: datetime | None = None) -> None:
    """Destroy the keys of a month's texts; events and chain stay. Raises NotRetired."""
    _require(month, now or datetime.now(UTC), KEYS)
    detail = {"month": f"{month:%Y-%m}"}
    _drop(month, [KEYS], [], Event(kind=Kind.CONFIGURED, actor=by, action="audit.forget", detail=detail))


def _require(month: date, now: datetime, table: str) -> None:
    age = (now.year - month.year) * 12 + now.month - month.month
    if age <= settings.AUDIT_KEEP_MONTHS:
        raise NotRetired(f"O mês {month:%Y-%m} ainda é guardado: são {settings.AUDIT_KEEP_MONTHS} meses completos.")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [_part(table, month)])
        if cursor.fetchone()[0] is None:
            raise NotRetired(f"O mês {month:%Y-%m} não tem partição própria: já foi retirado, ou é anterior a elas.")


def _exported(month: date, export: Path, key: Ed25519PublicKey) -> Tree:
    """The month's digests in the export, which must verify against what was signed and handed out."""
    tree, name = Tree(), f"{month:%Y-%m}"

    def noted(items: Iterable[str | Exported | Link]) -> Iterable[str | Exported | Link]:
        for item in items:
            if isinstance(item, Link) and f"{datetime.fromtimestamp(item.at // 1_000_000, UTC):%Y-%m}" == name:
                if item.event is None:
                    raise NotRetired("A exportação já não tem os eventos deste mês.")
                tree.add(item.digest)
            yield item

    try:
        with export.open("rb") as file:
            report = check(noted(load(file)), _outside(), [key])
    except (OSError, FileError) as error:
        raise NotRetired(f"A exportação não se lê: {error}.") from error
    if report.wrong or not report.checkpoints:
        raise NotRetired(f"A exportação não confere: {next(iter(report.wrong), 'não tem ponto de controle assinado')}.")
    return tree


def _linked(month: date) -> tuple[int, bytes]:
    """How many links the database has of the month, and the root over their digests."""
    start, end = _bounds(month)
    with connections["auditor"].cursor() as cursor:
        cursor.execute("SELECT digest FROM audit_link WHERE at >= %s AND at < %s ORDER BY stream, seq", [start, end])
        tree = Tree(bytes(digest) for (digest,) in cursor)
    return tree.count, tree.root


def _drop(month: date, tables: list[str], statements: list[tuple[str, list[Any]]], event: Event) -> None:
    parts = ", ".join(_part(table, month) for table in tables)
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            for statement, values in statements:
                cursor.execute(statement, values)
            recorder.record_with(event, using="owner")
            # The link is made at the commit, of an event that must not be locked away by then.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"DROP TABLE {parts}")
    except OperationalError as error:
        raise NotRetired("A auditoria está em uso neste instante e nada foi retirado: tente de novo.") from error


def _hand_out(month: str, text: str) -> None:
    """Before anything is dropped: a month that is gone without its statement would look like one that was cut out."""
    folder = Path(settings.AUDIT_CHECKPOINT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"baixa-{month}.txt").open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _outside() -> list[str]:
    files = sorted(Path(settings.AUDIT_CHECKPOINT_DIR).glob("*.txt"))
    return [text for file in files for text in split(file.read_text())]


def _part(table: str, month: date) -> str:
    return f"{table}_{month:%Y_%m}"


def _bounds(month: date) -> tuple[datetime, datetime]:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime(month.year, month.month, 1, tzinfo=UTC), datetime(following.year, following.month, 1, tzinfo=UTC)
