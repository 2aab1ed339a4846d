"""The keys of `FIELD_KEYS`: which values need which, and writing all of them again under the current one, online.

Every place that calls `crypto.encrypt` is in `VAULTS`; `tests/senappen/test_keys.py` holds them to it.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from audit import recorder
from audit.events import Actor, Event, Kind
from audit.key_vault import EventKeyVault
from consulta.models import (
    ExportRequest,
    Folder,
    FolderItem,
    FolderNote,
    Follow,
    Inquiry,
    SavedDiagram,
    SavedSearch,
    SealRequest,
    SearchQuery,
)
from credentialing.models import AccessRequest, Purpose
from ingestion.models import Source
from oversight.models import Step
from registry.services.photo_vault import PhotoVault
from senappen.lib import crypto
from senappen.lib.vault import ColumnVault, Vault

VAULTS: tuple[Vault, ...] = (
    ColumnVault("credenciais das fontes", Source, "encrypted_credentials", lambda source: source.place),
    ColumnVault("solicitações de acesso", AccessRequest, "token", lambda request: request.place),
    ColumnVault("justificativas", Purpose, "token", lambda purpose: purpose.place),
    ColumnVault("critérios das buscas", SearchQuery, "token", lambda query: query.place),
    ColumnVault("consultas guardadas", Inquiry, "token", lambda inquiry: inquiry.place),
    ColumnVault("buscas salvas", SavedSearch, "token", lambda saved: saved.place),
    ColumnVault("diagramas salvos", SavedDiagram, "token", lambda saved: saved.place),
    ColumnVault("acompanhamentos", Follow, "token", lambda follow: follow.place),
    ColumnVault("pastas", Folder, "token", lambda folder: folder.place),
    ColumnVault("itens de pastas", FolderItem, "token", lambda item: item.place),
    ColumnVault("notas", FolderNote, "token", lambda note: note.place),
    ColumnVault("pedidos de sigilo", SealRequest, "token", lambda asked: asked.place),
    ColumnVault("pedidos de exportação", ExportRequest, "token", lambda asked: asked.place),
    ColumnVault("andamentos de alertas", Step, "token", lambda step: step.place),
    PhotoVault(),
    EventKeyVault(),
)
BATCH = 200
# The key of the advisory lock that keeps rotations one at a time.
LOCK = 1_480_938_512


class AlreadyRotating(Exception):
    """Another process is rotating the keys now."""


@dataclass
class KeyUse:
    """One key: whether it is the current one or only reads, and how many values of each vault need it."""

    key: str
    current: bool
    known: bool
    needed_by: dict[str, int] = field(default_factory=dict)

    @property
    def values(self) -> int:
        return sum(self.needed_by.values())

    @property
    def removable(self) -> bool:
        """True when no value needs it: it may leave `FIELD_KEYS` once no process writes with it."""
        return not self.current and not self.values


@dataclass
class Rotation:
    """What a rotation did. `finished` is False when its time was over first; another one goes on from there."""

    resealed: int = 0
    unopened: int = 0
    finished: bool = False


def report() -> list[KeyUse]:
    """Every key that is configured or that a value needs, the current one first."""
    ring = crypto.keys()
    uses = {key: KeyUse(key, current=key == ring[0], known=True) for key in ring}
    for vault in VAULTS:
        for key, count in vault.counts().items():
            uses.setdefault(key, KeyUse(key, current=False, known=False)).needed_by[vault.name] = count
    return list(uses.values())


def rotate(*, by: Actor, seconds: float | None = None) -> Rotation:
    """Write what other keys wrote again under the current key, batch by batch. Raises AlreadyRotating.

    Loads and readers go on: a batch holds its own rows only, and both keys open what they wrote. Stopping it at any
    moment loses nothing.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    done = Rotation()
    with _alone():
        for vault in VAULTS:
            for resealed, unopened in _batches(vault, by):
                done.resealed += resealed
                done.unopened += unopened
                if ends is not None and time.monotonic() > ends:
                    return done
    done.finished = True
    return done


def _batches(vault: Vault, by: Actor) -> Iterator[tuple[int, int]]:
    after = None
    while True:
        with transaction.atomic():
            step = vault.reseal(after, BATCH)
            counts = Counter({"resealed": step.resealed, "unopened": step.unopened})
            if counts.total():
                detail = {"vault": vault.name, "key": crypto.keys()[0], **counts}
                recorder.record_with(Event(kind=Kind.CONFIGURED, actor=by, action="keys.rotate", detail=detail))
        yield step.resealed, step.unopened
        if step.last is None:
            return
        after = step.last


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyRotating
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [LOCK])
