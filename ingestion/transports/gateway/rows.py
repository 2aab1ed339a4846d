"""The lines of a gateway's answer, back to the rows that its database's driver gave."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson

from ingestion.problems import SourceProblem
from ingestion.transports.gateway.problems import CUT, GARBLED, Interruption, of_code

# Longer than any row with an image; a line without end must not fill the memory.
LONGEST_LINE = 64 * 1024 * 1024
# Rows parsed at a time, and given at once. Of thousands, the first have left a core's cache before they are used.
PART = 500


class Body:
    """One answer, fed with pieces. Ended only by its trailer: without it the answer was cut."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._rest = b""
        self._kinds: list[tuple[int, Callable[[Any], Any]]] = []
        self._pick: Callable[[Any], Any] | None = None
        self._headed = self._ended = False
        self._count = self._width = 0
        self.until: Any = None

    def feed(self, piece: bytes) -> Iterator[list[Any]]:
        """Whole rows, with the columns asked for, in their order. Raises SourceProblem."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            raise SourceProblem(GARBLED, passing=False)
        start = 0
        for place, line in enumerate(lines):
            if line.startswith(b"{"):
                yield from self._parts(lines[start:place])
                self._control(_read(line))
                start = place + 1
        yield from self._parts(lines[start:])

    def check(self) -> None:
        """Raises Interruption when the answer has no trailer."""
        if not self._ended:
            raise Interruption(CUT)

    def _parts(self, lines: Sequence[bytes]) -> Iterator[list[Any]]:
        for first in range(0, len(lines), PART):
            yield self._rows(lines[first : first + PART])

    def _rows(self, lines: Sequence[bytes]) -> list[Any]:
        if not self._headed or self._ended:
            raise SourceProblem(GARBLED, passing=False)
        rows = _read(b"[" + b",".join(lines) + b"]")
        if set(map(type, rows)) != {list} or set(map(len, rows)) != {self._width}:
            raise SourceProblem(GARBLED, passing=False)
        self._count += len(rows)
        try:
            for place, convert in self._kinds:
                for row in rows:
                    if (value := row[place]) is not None:
                        row[place] = convert(value)
            return list(map(self._pick, rows)) if self._pick else rows
        except (TypeError, ValueError, LookupError, InvalidOperation, binascii.Error):
            raise SourceProblem(GARBLED, passing=False) from None

    def _control(self, said: Any) -> None:
        match said:
            case {"columns": [*columns], "until": until}:
                self.until, self._headed, self._width = until, True, len(columns)
                self._pick = _picker(columns, self._columns)
            case {"kinds": [*kinds]} if set(map(str, kinds)) <= KINDS.keys():
                self._kinds = [(place, KINDS[kind]) for place, kind in enumerate(kinds) if kind != "plain"]
            case {"end": True, "rows": int(rows)} if rows == self._count:
                self._ended = True
            case {"end": True}:
                raise Interruption(CUT)
            case {"error": dict(error)}:
                raise _problem(error)
            case _:
                raise SourceProblem(GARBLED, passing=False)


def _problem(error: dict[str, Any]) -> Exception:
    problem = of_code(error.get("code"), error.get("reference"))
    return Interruption(problem.cause) if problem.passing else problem


def _picker(shown: Sequence[Any], wanted: Sequence[str]) -> Callable[[Any], Any] | None:
    """Takes the wanted columns out of a row; None where it has just those."""
    if missing := [name for name in wanted if name not in shown]:
        raise SourceProblem(
            f"O gateway do estado não mostra a coluna “{missing[0]}”; inclua-a na configuração de lá ou tire-a"
            " do mapeamento.",
            passing=False,
        )
    if list(shown) == list(wanted):
        return None
    places = [shown.index(name) for name in wanted]
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


def _read(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        pass
    try:  # lone surrogates
        return json.loads(line)
    except (ValueError, RecursionError):
        raise SourceProblem(GARBLED, passing=False) from None


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _untag(value: Any) -> Any:
    kind, content = value
    return TAGGED[kind](content)


def _same(value: Any) -> Any:
    return value


KINDS: dict[str, Callable[[Any], Any]] = {
    "plain": _same,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "bytes": base64.b64decode,
    "uuid": UUID,
    "any": _untag,
}
TAGGED = {**KINDS, "number": _number, "json": _same, "text": _same}
