"""Parts of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a WHERE clause, a fixed text of this package, and its parameters."""

    sql: str
    values: tuple[Any, ...] = ()
