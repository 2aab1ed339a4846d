"""An export: one JSON object a line, in the one spelling `dump` writes, so that no byte can change unnoticed."""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from audit_verify.encoding import Event, Link, event_of

FORMAT = "senappen-audit-export-1"


class FileError(ValueError):
    """The file is not an export as it was written; the message names the line, in pt-BR."""


def dump(
    links: Iterable[Link], *, checkpoints: Iterable[str], retirements: Iterable[str], orphans: Iterable[Event]
) -> Iterator[bytes]:
    """The lines of an export: header, statements, events without a link, links with their events, end."""
    count = 0
    for line in _lines(links, checkpoints, retirements, orphans):
        yield _spell(line)
        count += 1
    yield _spell({"end": count})


def load(lines: Iterable[bytes]) -> Iterator[str | Event | Link]:
    """Statements as text, events without a link, links, in the order of the file. Raises FileError."""
    number, ended = 0, False
    for number, raw in enumerate(lines, start=1):
        line = _strict(raw, number)
        if ended:
            raise FileError(f"linha {number}: há linhas depois do fim")
        if number == 1:
            if line != {"format": FORMAT}:
                raise FileError("linha 1: não é uma exportação desta auditoria")
        elif line.keys() == {"end"}:
            ended = line["end"] == number - 1
        else:
            yield _read(line, raw, number)
    if not ended:
        raise FileError(f"o arquivo acaba na linha {number}, sem a linha do fim ou com linhas a menos")


def _lines(*parts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    links, checkpoints, retirements, orphans = parts
    yield {"format": FORMAT}
    yield from ({"signed": text} for text in (*checkpoints, *retirements))
    yield from ({"unlinked": _event_out(event)} for event in orphans)
    for link in links:
        yield {
            "link": [link.stream, link.seq, link.at, link.number, link.digest.hex(), link.hash.hex()],
            "event": None if link.event is None else _event_out(link.event),
        }


def _spell(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _strict(raw: bytes, number: int) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        line = None
    if not isinstance(line, dict) or _spell(line) != raw:
        raise FileError(f"linha {number}: foi alterada (não se lê como foi escrita)")
    return line


def _read(line: dict[str, Any], raw: bytes, number: int) -> str | Event | Link:
    item: Any = None
    try:
        if line.keys() == {"signed"}:
            item = line["signed"]
        elif line.keys() == {"unlinked"}:
            item = _event_in(line["unlinked"])
        elif line.keys() == {"link", "event"}:
            item = _link_in(line["link"], line["event"])
    except (ValueError, TypeError, AttributeError, OverflowError):
        item = None
    # A value has spellings that read alike (A and a in hexadecimal): only the one that was written counts.
    if item is None or _spell(_again(item)) != raw:
        raise FileError(f"linha {number}: foi alterada (não é um elo, um evento nem um texto assinado)")
    read: str | Event | Link = item
    return read


def _again(item: str | Event | Link) -> dict[str, Any]:
    if isinstance(item, Link):
        return list(_lines([item], [], [], []))[1]
    return {"unlinked": _event_out(item)} if isinstance(item, Event) else {"signed": item}


def _event_out(event: Event) -> list[Any]:
    optional = [None if value is None else str(value) for value in (event.purpose, event.receipt)]
    return [
        event.id, event.at, event.kind, event.action, event.actor_id, event.actor, event.role, event.agency,
        event.channel, event.address, event.session, str(event.request), optional[0], event.intent, optional[1],
        [str(subject) for subject in event.subjects], event.sealed.hex(),
    ]  # fmt: skip


def _event_in(row: list[Any]) -> Event:
    key, at, *told, request, purpose, intent, receipt, subjects, sealed = row
    return event_of(
        (
            int(key),
            int(at),
            *told,
            uuid.UUID(request),
            None if purpose is None else uuid.UUID(purpose),
            intent,
            None if receipt is None else uuid.UUID(receipt),
            tuple(map(uuid.UUID, subjects)),
            bytes.fromhex(sealed),
        )
    )


def _link_in(link: list[Any], event: list[Any] | None) -> Link:
    stream, seq, at, number, digest, own = link
    return Link(
        stream=int(stream),
        seq=int(seq),
        at=int(at),
        number=int(number),
        digest=bytes.fromhex(digest),
        hash=bytes.fromhex(own),
        event=None if event is None else _event_in(event),
    )
