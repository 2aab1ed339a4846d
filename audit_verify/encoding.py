"""What is hashed, byte by byte (docs/operacao/auditoria.md). The database's functions are the other implementation."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

STREAMS = 16
START = bytes(32)  # what the first link of a stream follows
_EVENT = b"senappen-audit-event-1\x00"
_LINK = b"senappen-audit-link-1\x00"
_NULL = b"\xff\xff\xff\xff"


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event as it is kept: `at` in microseconds since 1970 UTC, `address` as PostgreSQL writes an inet."""

    id: int
    at: int
    kind: str
    action: str
    actor_id: int | None
    actor: str
    role: str
    agency: str
    channel: str
    address: str | None
    session: str
    request: uuid.UUID
    purpose: uuid.UUID | None
    intent: int | None
    receipt: uuid.UUID | None
    subjects: tuple[uuid.UUID, ...]
    sealed: bytes


_FIELDS = tuple(field.name for field in fields(Event))


def event_of(values: Iterable[Any]) -> Event:
    """The event of all its values, in the order of its fields. Raises ValueError for more or fewer."""
    return Event(**dict(zip(_FIELDS, values, strict=True)))


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place in a chain. `event` is None when only the link is left of it."""

    stream: int
    seq: int
    at: int
    number: int
    digest: bytes
    hash: bytes
    event: Event | None


def digest(event: Event) -> bytes:
    """SHA-256 of the event."""
    fields = (
        _integer(event.id),
        _integer(event.at),
        event.kind.encode(),
        event.action.encode(),
        _integer(event.actor_id),
        event.actor.encode(),
        event.role.encode(),
        event.agency.encode(),
        event.channel.encode(),
        None if event.address is None else event.address.encode(),
        event.session.encode(),
        event.request.bytes,
        _uuid(event.purpose),
        _integer(event.intent),
        _uuid(event.receipt),
        b"".join(subject.bytes for subject in event.subjects),
        event.sealed,
    )
    return hashlib.sha256(_EVENT + b"".join(map(_field, fields))).digest()


def chain(previous: bytes, stream: int, seq: int, own: bytes) -> bytes:
    """The hash of a link: SHA-256 over the previous link's, its place, and its event's digest."""
    place = stream.to_bytes(2, "big") + seq.to_bytes(8, "big")
    return hashlib.sha256(_LINK + previous + place + own).digest()


def merkle(leaves: Sequence[bytes]) -> bytes:
    """The root of RFC 9162, section 2.1.1, over so many leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + merkle(leaves[:half]) + merkle(leaves[half:])).digest()


class Tree:
    """The same root over leaves that come one by one, holding one hash a level."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.count = 0
        self._peaks: list[tuple[int, bytes]] = []
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        """One more leaf."""
        self.count += 1
        size, node = 1, hashlib.sha256(b"\x00" + leaf).digest()
        while self._peaks and self._peaks[-1][0] == size:
            node = hashlib.sha256(b"\x01" + self._peaks.pop()[1] + node).digest()
            size *= 2
        self._peaks.append((size, node))

    @property
    def root(self) -> bytes:
        """The root over all so far."""
        if not self._peaks:
            return merkle(())
        node = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node


def _field(value: bytes | None) -> bytes:
    return _NULL if value is None else len(value).to_bytes(4, "big") + value


def _integer(value: int | None) -> bytes | None:
    return None if value is None else value.to_bytes(8, "big", signed=True)


def _uuid(value: uuid.UUID | None) -> bytes | None:
    return None if value is None else value.bytes
