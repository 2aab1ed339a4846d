"""Places in a view's order: the state's own values of its watermark column and key, as JSON with their kinds.

`[updated, key]`, each null or `[kind, content]`: plain, datetime and date (ISO 8601), decimal and uuid (text), bytes
(hex). Without a key: just before every row of that moment. With only a key: among the rows without a moment, which come
last.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import orjson

from gateway.problems import Refusal

INVALID = "O parâmetro {} não é uma posição válida."


@dataclass(frozen=True)
class Position:
    """Where reading goes on."""

    updated: Any
    key: Any = None

    def as_json(self) -> list[Any]:
        return [dump(self.updated), dump(self.key)]


def dump(value: Any) -> list[Any] | None:
    """A value with its kind."""
    match value:
        case None:
            return None
        case datetime():
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case bool() | int() | str():
            return ["plain", value]
        case bytes() | bytearray() | memoryview():
            return ["bytes", bytes(value).hex()]
        case UUID():
            return ["uuid", str(value)]
    return ["decimal", str(value)]


def parse(text: str | None, name: str) -> Position | None:
    """The position of a query parameter. Raises Refusal."""
    if text is None:
        return None
    match _json(text, name):
        case [updated, key]:
            return Position(_load(updated, name), _load(key, name))
    raise Refusal(400, INVALID.format(name))


def parse_value(text: str | None, name: str) -> Any:
    """One value of a query parameter. Raises Refusal."""
    return None if text is None else _load(_json(text, name), name)


def _json(text: str, name: str) -> Any:
    try:
        return orjson.loads(text)
    except ValueError:
        raise Refusal(400, INVALID.format(name)) from None


def _load(value: Any, name: str) -> Any:
    try:
        match value:
            case None:
                return None
            case ["plain", bool() | int() | float() | str() as content] if "\x00" not in str(content):
                return content
            case [str() as kind, str() as content]:
                return _KINDS[kind](content)
    except (ValueError, KeyError, InvalidOperation):
        pass
    raise Refusal(400, INVALID.format(name))


_KINDS = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": bytes.fromhex,
    "decimal": Decimal,
    "uuid": UUID,
}
