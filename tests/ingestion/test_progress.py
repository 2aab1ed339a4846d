"""How far a running load is, and when it should be over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingestion.health import Progress, ViewProgress
from ingestion.models import LoadKind, LoadStatus, ViewState


def progress(read: int, **changes: Any) -> Progress:
    view = ViewProgress("vw_preso", ViewState.EXTRACTING, read, 0, 0, 0, 0, 0, 0)
    began = datetime.now(UTC) - timedelta(seconds=100)
    values: dict[str, Any] = {
        "load": 1,
        "kind": LoadKind.INCREMENTAL,
        "status": LoadStatus.RUNNING,
        "created_at": began,
        "started_at": began,
        "finished_at": None,
        "retry_at": None,
        "failures": 0,
        "requested_by": "x",
        "cause": "",
        "reference": "",
        "views": (view,),
        "expected": 4000,
    }
    return Progress(**{**values, **changes})


def test_a_quarter_read_in_100_seconds_leaves_300() -> None:
    eta = progress(1000).eta

    assert eta is not None
    assert timedelta(seconds=295) < eta - datetime.now(UTC) < timedelta(seconds=320)


@pytest.mark.parametrize("changes", [{"expected": None}, {"status": LoadStatus.STOPPED}, {"views": ()}])
def test_where_nothing_tells_no_end_is_promised(changes: dict[str, Any]) -> None:
    assert progress(1000, **changes).eta is None


def test_more_rows_than_expected_end_now() -> None:
    eta = progress(5000).eta

    assert eta is not None
    assert eta <= datetime.now(UTC)
