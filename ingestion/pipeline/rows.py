"""Batches as PostgreSQL's COPY takes them, and the rows that cannot go in."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from ingestion.contract.types import KEY, UPDATED
from ingestion.mapping.compiling import Reader, StorePhoto
from ingestion.reasons import Faults, Reason

# Neither occurs in honest text, so that tabs need no escaping and most batches none at all.
DELIMITER = "\x1f"
NULL = "\x1e"
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", DELIMITER: f"\\{DELIMITER}", NULL: f"\\{NULL}"})


@dataclass(frozen=True)
class Rejected:
    """A row for the quarantine: its `id_origem` and `dt_atualizacao` as mapped where they can be read."""

    key: str
    updated: str | None
    raw: str
    reasons: list[Reason]


@dataclass(frozen=True)
class Prepared:
    """A batch ready to be written: `payload` is COPY text with columns hash, raw and the view's."""

    payload: str
    accepted: int
    rejected: list[Rejected]


def prepare(reader: Reader, rows: Sequence[Sequence[Any]], store: StorePhoto) -> Prepared:
    """Convert a batch; good rows become COPY text, bad ones keep their raw form and reasons."""
    columns, faults = reader.convert(rows, store)
    raws = dump(reader, rows)
    rejected = [_rejected(reader, rows, raws, row, faults, columns) for row in sorted(faults.by_row)]
    if faults.by_row:
        good = [row for row in range(len(rows)) if row not in faults.by_row]
        columns = [[column[row] for row in good] for column in columns]
        raws = [raws[row] for row in good]
    return Prepared(_payload(columns, raws), len(raws), rejected)


def dump(reader: Reader, rows: Sequence[Sequence[Any]]) -> list[str]:
    """The rows as JSON arrays of what the state sent, in the order of the mapping's columns. Images are left out."""
    image = reader.image
    if image is not None:
        rows = [[*row[:image], _outline(row[image]), *row[image + 1 :]] for row in rows]
    return [_json(row) for row in rows]


def digest(text: str) -> str:
    """128 bits of SHA-256 as hexadecimal, which PostgreSQL reads as uuid."""
    return sha256(text.encode()).hexdigest()[:32]


def content_hash(values: Sequence[str | None]) -> str:
    """What tells one version of a row from another: the digest of its mapped values, in the contract's order."""
    return digest(DELIMITER.join(NULL if value is None else value for value in values))


def _payload(columns: list[Sequence[str | None]], raws: list[str]) -> str:
    filled = [
        [NULL if value is None else value for value in column] if None in column else column for column in columns
    ]
    lines = list(map(DELIMITER.join, zip(*filled, strict=True)))
    hashes = map(digest, lines)
    if _needs_escape(lines, len(columns)):
        escaped = [[NULL if value is None else value.translate(ESCAPES) for value in column] for column in columns]
        lines = list(map(DELIMITER.join, zip(*escaped, strict=True)))
    if "\\" in "".join(raws):
        raws = [raw.replace("\\", "\\\\") for raw in raws]
    return "".join(
        [f"{h}{DELIMITER}{raw}{DELIMITER}{line}\n" for h, raw, line in zip(hashes, raws, lines, strict=True)]
    )


def _needs_escape(lines: list[str], width: int) -> bool:
    text = "".join(lines)
    return "\\" in text or "\n" in text or "\r" in text or text.count(DELIMITER) != len(lines) * (width - 1)


def key_text(value: Any) -> str:
    """A state's key that cannot be read as one, as it stands in the quarantine."""
    return str(value or "")[:200].replace("\x00", "").encode(errors="replace").decode()


def _rejected(
    reader: Reader,
    rows: Sequence[Sequence[Any]],
    raws: list[str],
    row: int,
    faults: Faults,
    columns: list[Sequence[str | None]],
) -> Rejected:
    places = {column.name: place for place, column in enumerate(reader.view.columns)}
    unread = {reason.field for reason in faults.by_row[row]}
    key, updated = (None if name in unread else columns[places[name]][row] for name in (KEY, UPDATED))
    return Rejected(key or key_text(rows[row][reader.key_position]), updated, raws[row], faults.by_row[row])


def _json(row: Sequence[Any]) -> str:
    try:
        return orjson.dumps(row, default=_plain).decode()
    except TypeError:
        # Lone surrogates and huge numbers: slower, but loses nothing.
        return json.dumps(list(row), default=_plain, ensure_ascii=True)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    return str(value)


def _outline(value: Any) -> Any:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": len(bytes(value)), "sha256": sha256(value).hexdigest()}
    return value
