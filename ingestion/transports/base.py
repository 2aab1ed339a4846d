"""What every transport gives: batches of one view in the order of its watermark, from a position on."""

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from ingestion.mapping.schema import Mapping
from ingestion.models import Source
from ingestion.transports.position import Position


@dataclass(frozen=True)
class Batch:
    """Rows with the mapping's columns, in its order, and the position reached with them.

    Rows without `dt_atualizacao` have no place in the order: they come last and leave the position where it was.
    """

    rows: Sequence[Sequence[Any]]
    position: Position | None


class Connection(Protocol):
    """An open way to a state, for reading only."""

    def batches(self, mapping: Mapping, view: str, after: Position | None, size: int) -> Generator[Batch]:
        """The view's rows after a position, ordered by it; all rows without one. To be closed by the caller.

        Raises SourceProblem.
        """


@runtime_checkable
class PhotoStore(Protocol):
    """A connection that also gives photographs."""

    def photo(self, key: str) -> bytes:
        """The image that a row names. Raises SourceProblem, and PhotoError for this image's own sake."""


class Transport(Protocol):
    """Opens a source. Raises SourceProblem with the cause in pt-BR."""

    def __call__(self, source: Source) -> AbstractContextManager[Connection]: ...
