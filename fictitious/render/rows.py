"""The COPY text files of a state read back as Python values, for databases that do not speak PostgreSQL's COPY."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from fictitious.rows import Value
from fictitious.states.columns import NULL, Column

# PostgreSQL's documentation of COPY, "Text Format".
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
ESCAPE = re.compile(r"\\(.)", re.DOTALL)

Readers = Mapping[str, Callable[[str], Value]]
READERS: Readers = {
    "text": str,
    "integer": int,
    "boolean": lambda text: text == "t",
    "date": date.fromisoformat,
    # The others have no infinity; their last instant is as far beyond reason.
    "timestamp": lambda text: datetime.max if text == "infinity" else datetime.fromisoformat(text),
    "bytea": lambda text: bytes.fromhex(text.removeprefix("\\x")),
}


def read(folder: Path, columns: list[Column], by_type: Readers = READERS) -> Iterator[list[Value]]:
    """The rows of one native table, of all its shards, in the order of `columns`; values as `by_type` reads them."""
    readers = [by_type[column.sql] for column in columns]
    for file in sorted(folder.glob("*.copy")):
        with file.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                cells = line.removesuffix("\n").split("\t")
                yield [_value(cell, reader) for cell, reader in zip(cells, readers, strict=True)]


def _value(cell: str, reader: Callable[[str], Value]) -> Value:
    if cell == NULL:
        return None
    if "\\" in cell:
        cell = ESCAPE.sub(lambda found: ESCAPES.get(found[1], found[1]), cell)
    return reader(cell)
