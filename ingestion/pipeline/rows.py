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
# What stands before and after the inside of a raw row in COPY text.
OPEN, CLOSE = f"{DELIMITER}[".encode(), f"]{DELIMITER}".encode()
# Rows worked on at a time. What they become on the way stays in a core's cache: a quarter less time than by thousands.
PART = 500
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
    """A batch ready to be written: `payload` is COPY text in UTF-8, in pieces, of hash, raw and the view's columns."""

    payload: list[bytes]
    accepted: int
    rejected: list[Rejected]

    def then(self, later: "Prepared") -> "Prepared":
        """These rows, and those that come later."""
        accepted = self.accepted + later.accepted
        return Prepared(self.payload + later.payload, accepted, self.rejected + later.rejected)


def prepare(reader: Reader, rows: Sequence[Sequence[Any]], store: StorePhoto) -> Prepared:
    """Convert a batch; good rows become COPY text, bad ones keep their raw form and reasons."""
    prepared = Prepared([], 0, [])
    for first in range(0, len(rows), PART):
        prepared = prepared.then(_prepare_part(reader, rows[first : first + PART], store))
    return prepared


def _prepare_part(reader: Reader, rows: Sequence[Sequence[Any]], store: StorePhoto) -> Prepared:
    columns, faults = reader.convert(rows, store)
    raws = _dump(reader, rows)
    rejected = [_rejected(reader, rows, raws, row, faults, columns) for row in sorted(faults.by_row)]
    if faults.by_row:
        good = [row for row in range(len(rows)) if row not in faults.by_row]
        columns = [[column[row] for row in good] for column in columns]
        raws = [raws[row] for row in good]
    return Prepared([_payload(columns, raws, reader.with_gaps)] if raws else [], len(raws), rejected)


def _dump(reader: Reader, rows: Sequence[Sequence[Any]]) -> list[bytes]:
    """What the state sent, in the order of the mapping's columns: the inside of a JSON array for each row.

    Images are left out.
    """
    image = reader.image
    if image is not None:
        rows = [[*row[:image], _outline(row[image]), *row[image + 1 :]] for row in rows]
    try:
        # Written all at once, and cut where one row ends and the next begins, if nothing within a row looks like that.
        inner = orjson.dumps(rows, default=_plain)[2:-2].split(b"],[")
    except TypeError:
        inner = []
    return inner if len(inner) == len(rows) else [_json(row)[1:-1] for row in rows]


def digest(text: str) -> str:
    """128 bits of SHA-256 as hexadecimal, which PostgreSQL reads as uuid."""
    return sha256(text.encode()).hexdigest()[:32]


def content_hash(values: Sequence[str | None]) -> str:
    """What tells one version of a row from another: the digest of its mapped values, in the contract's order."""
    return digest(DELIMITER.join(NULL if value is None else value for value in values))


def _payload(columns: list[Sequence[str | None]], raws: list[bytes], with_gaps: set[int]) -> bytes:
    texts = _joined(columns, with_gaps)
    whole = "\n".join(texts)
    lines = whole.encode().split(b"\n")
    if len(lines) == len(texts) and _is_honest(whole, len(texts) * (len(columns) - 1)):
        hashes = _digests(lines)
    else:
        hashes = [digest(text).encode() for text in texts]
        escaped = [[NULL if value is None else value.translate(ESCAPES) for value in column] for column in columns]
        lines = [DELIMITER.join(values).encode() for values in zip(*escaped, strict=True)]
    if b"\\" in b"".join(raws):
        raws = [raw.replace(b"\\", b"\\\\") for raw in raws]
    pieces = [b"\n"] * (6 * len(lines))
    pieces[0::6], pieces[2::6], pieces[4::6] = hashes, raws, lines
    pieces[1::6], pieces[3::6] = [OPEN] * len(lines), [CLOSE] * len(lines)
    return b"".join(pieces)


def _joined(columns: list[Sequence[str | None]], with_gaps: set[int]) -> list[str]:
    """Each row's values in one text; learns in which columns gaps have to be filled.

    To look for one in a column that has none would take a sixth of the whole.
    """
    filled = [_filled(column) if place in with_gaps else column for place, column in enumerate(columns)]
    try:
        return list(map(DELIMITER.join, zip(*filled, strict=True)))
    except TypeError:
        with_gaps.update(place for place, column in enumerate(columns) if None in column)
    return list(map(DELIMITER.join, zip(*map(_filled, columns), strict=True)))


def _filled(column: Sequence[str | None]) -> list[str]:
    return [NULL if value is None else value for value in column]


def _digests(lines: Sequence[bytes]) -> list[bytes]:
    """`digest` of each, in hexadecimal all at once."""
    digits = b"".join([sha256(line).digest() for line in lines]).hex().encode()
    return [digits[place : place + 32] for place in range(0, len(digits), 64)]


def _is_honest(whole: str, delimiters: int) -> bool:
    """True for lines in which nothing needs to be escaped but, maybe, ends of lines."""
    return "\\" not in whole and "\r" not in whole and whole.count(DELIMITER) == delimiters


def key_text(value: Any) -> str:
    """A state's key that cannot be read as one, as it stands in the quarantine."""
    return str(value or "")[:200].replace("\x00", "").encode(errors="replace").decode()


def _rejected(
    reader: Reader,
    rows: Sequence[Sequence[Any]],
    raws: list[bytes],
    row: int,
    faults: Faults,
    columns: list[Sequence[str | None]],
) -> Rejected:
    places = {column.name: place for place, column in enumerate(reader.view.columns)}
    unread = {reason.field for reason in faults.by_row[row]}
    key, updated = (None if name in unread else columns[places[name]][row] for name in (KEY, UPDATED))
    key = key or key_text(rows[row][reader.key_position])
    return Rejected(key, updated, f"[{raws[row].decode()}]", faults.by_row[row])


def _json(row: Sequence[Any]) -> bytes:
    try:
        return orjson.dumps(row, default=_plain)
    except TypeError:
        # Lone surrogates and huge numbers: slower, but loses nothing.
        return json.dumps(list(row), default=_plain, ensure_ascii=True).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    return str(value)


def _outline(value: Any) -> Any:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": len(bytes(value)), "sha256": sha256(value).hexdigest()}
    return value
