"""What a state's views look like through a transport: columns and types, without reading its rows."""

from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from ingestion.mapping.schema import Mapping


@dataclass(frozen=True)
class Seen:
    """A relation. `columns` maps names to types, empty where unknown; None when the state no longer has it.

    `view` is the contract's view read from it, or empty. `whole` is False where columns may be missing from it.
    """

    relation: str
    view: str
    columns: dict[str, str] | None = field(default_factory=dict)
    whole: bool = True


@runtime_checkable
class Describing(Protocol):
    """A connection that tells what the state exposes."""

    def describe(self, mapping: Mapping) -> list[Seen]:
        """The relations that the mapping reads, and others beside them. Raises SourceProblem."""


def kinds_of(records: list[dict[str, Any]]) -> dict[str, str]:
    """Paths and kinds of a sample of JSON records; objects in objects by their dotted paths."""
    found: dict[str, str] = {}
    for record in records:
        for path, value in _paths(record, ""):
            found[path] = found.get(path) or KINDS.get(type(value), "texto")
    return found


KINDS = {type(None): "", bool: "lógico", int: "número", float: "número", str: "texto", list: "lista", dict: "objeto"}
# Deeper than any mapping goes; a record may be arbitrarily deep.
DEEPEST = 4


def _paths(value: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, inner in value.items():
        path = f"{prefix}{key}"[:200]
        if isinstance(inner, dict) and path.count(".") < DEEPEST:
            found += _paths(inner, f"{path}.")
        else:
            found.append((path, inner))
    return found
