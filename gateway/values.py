"""Values of a driver as JSON that the other side can turn back into the same values.

Each column of a batch has a kind. `plain` is JSON's own; `any` marks a column of mixed values, each written as
`[kind, content]`. What has no kind goes as text.
"""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from types import NoneType
from typing import Any
from uuid import UUID

PLAIN = {str, bool, int, float}
KINDS: dict[type, str] = {
    datetime: "datetime",
    date: "date",
    Decimal: "decimal",
    bytes: "bytes",
    memoryview: "bytes",
    UUID: "uuid",
}
# JSON parsers keep whole numbers only so far.
LOWEST, HIGHEST = -(2**63), 2**63 - 1


def kind_of(values: Sequence[Any]) -> str | None:
    """The kind that fits a whole column, None for a column of nulls."""
    types = set(map(type, values)) - {NoneType}
    if not types:
        return None
    if types <= PLAIN:
        return "plain" if types <= {str, bool} or _all_exact(values, types) else "any"
    return KINDS.get(types.pop(), "any") if len(types) == 1 else "any"


def encode(values: Sequence[Any], kind: str) -> Sequence[Any]:
    """The column as orjson writes it: itself, where it does so without help."""
    match kind:
        case "datetime":
            # orjson rounds offsets to minutes; local mean times of before 1914 have seconds.
            if any(v is not None and v.tzinfo is not None for v in values):
                return [v.isoformat() if v is not None and v.tzinfo is not None else v for v in values]
        case "decimal" | "uuid":
            return [None if v is None else str(v) for v in values]
        case "bytes":
            return [None if v is None else base64.b64encode(v).decode() for v in values]
        case "any":
            return [tag(v) for v in values]
    return values


def tag(value: Any) -> list[Any] | None:
    """One value with its kind."""
    if value is None:
        return None
    if type(value) in PLAIN:
        return ["plain", value] if _exact(value) else ["number", repr(value)]
    if isinstance(value, dict | list):
        return ["json", value]
    kind = KINDS.get(type(value))
    return [kind, encode([value], kind)[0]] if kind else ["text", str(value)]


def _all_exact(values: Sequence[Any], types: set[type]) -> bool:
    if types == {int}:
        numbers: list[int] = [value for value in values if value is not None]
        return min(numbers) >= LOWEST and max(numbers) <= HIGHEST
    return all(map(_exact, values))


def _exact(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return not isinstance(value, int) or LOWEST <= value <= HIGHEST
