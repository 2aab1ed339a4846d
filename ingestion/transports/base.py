"""What every transport gives: batches of one view in the order of its watermark, from a position on."""

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, runtime_checkable

from ingestion.contract.types import KEY, UPDATED
from ingestion.mapping.schema import Mapping, ViewMapping
from ingestion.models import Source
from ingestion.transports.position import Position


@dataclass(frozen=True)
class Batch:
    """Rows with the mapping's columns, in its order, and the position reached with them.

    Rows without `dt_atualizacao` have no place in the order: they come last and leave the position where it was.
    """

    rows: Sequence[Sequence[Any]]
    position: Position | None


@dataclass(frozen=True)
class KeyBatch:
    """`id_origem` and `dt_atualizacao` of some rows, as the state has them, and the position all of them come after.

    Where a listing `begins` (or had to begin again), what came before this batch is void. Batches come in the order
    of their positions, or none is `in_order`; `before` None stands for the beginning of the view.
    """

    rows: Sequence[tuple[Any, Any]]
    before: Position | None
    begins: bool
    in_order: bool = True


class Connection(Protocol):
    """An open way to a state, for reading only.

    `steady` promises that one listing of keys sees one moment of the view. Others (pages, requests gone on with after
    a cut) are listed twice before a key is taken for deleted.
    """

    steady: bool

    def batches(self, mapping: Mapping, view: str, after: Position | None, size: int) -> Generator[Batch]:
        """The view's rows after a position, ordered by it; all rows without one. To be closed by the caller.

        Raises SourceProblem.
        """

    def keys(self, mapping: Mapping, view: str, size: int) -> Generator[KeyBatch]:
        """The keys and dates of all rows of a view, at most `size` at a time. To be closed by the caller.

        `key_batches` makes them of `batches`. Raises SourceProblem.
        """


def key_batches(batches: Generator[Batch], given: ViewMapping) -> Generator[KeyBatch]:
    """Keys out of whole rows, or of rows narrowed to their keys."""
    key, updated = (given.columns.index(given.fields[name].column or "") for name in (KEY, UPDATED))
    before, begins = None, True
    with closing(batches):
        for batch in batches:
            yield KeyBatch([(row[key], row[updated]) for row in batch.rows], before, begins)
            before, begins = batch.position, False


def only_keys(mapping: Mapping, view: str) -> Mapping:
    """The mapping with one view, narrowed to the fields that a listing of keys needs."""
    given = mapping.views[view]
    fields = {name: given.fields[name] for name in (KEY, UPDATED)}
    return mapping.model_copy(update={"views": {view: given.model_copy(update={"fields": fields})}})


@runtime_checkable
class PhotoStore(Protocol):
    """A connection that also gives photographs."""

    def photo(self, key: str) -> bytes:
        """The image that a row names. Raises SourceProblem, and PhotoError for this image's own sake."""


@runtime_checkable
class Checkable(Protocol):
    """A connection that can tell whether it would answer."""

    def check(self) -> None:
        """Ask the state for nothing but an answer. Raises SourceProblem."""


@runtime_checkable
class Clocked(Protocol):
    """A connection that knows the state's clock."""

    def skew(self) -> timedelta | None:
        """How far the clock is ahead of ours; None before anything was said. Raises SourceProblem."""


@runtime_checkable
class Interruptible(Protocol):
    """A connection whose reading can be broken off by a thread that does not read."""

    def interrupt(self) -> None:
        """Make the reading fail soon, where that is possible; harmless when nobody reads. Raises nothing."""


class Transport(Protocol):
    """Opens a source. Raises SourceProblem with the cause in pt-BR."""

    def __call__(self, source: Source) -> AbstractContextManager[Connection]: ...
