"""Small batches are written together, those of a slow state soon, and those before a failure at all."""

from collections.abc import Generator, Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from ingestion.mapping.compiling import PhotoError, compile_view
from ingestion.mapping.reading import read
from ingestion.pipeline.gathering import Gathered, gathered
from ingestion.reasons import ReasonCode
from ingestion.transports.base import Batch
from ingestion.transports.position import Position
from tests.factories.ingestion import make_mapping

WHEN = datetime(2024, 3, 1, 8)


def no_photo(value: Any, kind: str) -> tuple[str, int]:
    raise PhotoError(ReasonCode.PHOTO_MISSING)


def batch(*codes: int, name: str | None = "ANA") -> Batch:
    """Rows of the small state's vw_preso."""
    rows = [(cod, "P", name, None, "05/11/1990", "2", None, None, WHEN, "S") for cod in codes]
    return Batch(rows, Position(WHEN, codes[-1]))


def gather(batches: Generator[Batch], enough: int) -> Generator[Gathered]:
    return gathered(batches, compile_view(read(make_mapping()), "vw_preso"), no_photo, enough)


def given(*batches: Batch) -> Generator[Batch]:
    yield from batches


def test_small_batches_are_written_together() -> None:
    found = list(gather(given(batch(1, 2), batch(3), batch(4, 5), batch(6)), enough=3))

    assert [(rows.count, rows.position) for rows in found] == [(3, Position(WHEN, 3)), (3, Position(WHEN, 6))]
    assert [rows.prepared.accepted for rows in found] == [3, 3]


def test_bad_rows_of_several_batches_are_all_kept() -> None:
    [rows] = gather(given(batch(1, name=None), batch(2), batch(3, name=None)), enough=10)

    assert [rejected.key for rejected in rows.prepared.rejected] == ["1", "3"]
    assert (rows.count, rows.prepared.accepted) == (3, 1)


def test_a_full_batch_goes_as_it_is() -> None:
    assert [rows.count for rows in gather(given(batch(1, 2, 3), batch(4, 5, 6)), enough=3)] == [3, 3]


def test_rows_of_a_slow_state_do_not_wait_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    clock: Iterator[float] = iter([0, 0.4, 1.2, 1.2, 1.5, 1.6])
    monkeypatch.setattr("ingestion.pipeline.gathering.time", SimpleNamespace(monotonic=lambda: next(clock)))

    assert [rows.count for rows in gather(given(batch(1), batch(2), batch(3), batch(4)), enough=100)] == [2, 2]


def test_what_was_read_before_a_failure_comes_before_it() -> None:
    def failing() -> Generator[Batch]:
        yield batch(1)
        yield batch(2)
        raise ConnectionError("cut")

    rows = gather(failing(), enough=100)

    assert next(rows).position == Position(WHEN, 2)
    with pytest.raises(ConnectionError):
        next(rows)


def test_nothing_is_written_of_nothing() -> None:
    assert list(gather(given(), enough=3)) == []
