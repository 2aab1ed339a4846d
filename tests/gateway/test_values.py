"""Values survive the way to JSON and back, as the national side reads them."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.stream import _lines
from gateway.values import encode, kind_of
from ingestion.mapping.schema import FieldMapping, ViewMapping
from ingestion.transports.gateway.rows import Body

VIEW = ViewMapping(relation="v", fields={"id_origem": FieldMapping(column="a")})


def through(column: list[Any]) -> list[Any]:
    """A column as it arrives."""
    kind = kind_of(column) or "plain"
    body = Body(VIEW.columns)
    head = orjson.dumps({"columns": ["a"], "until": None}) + b"\n" + orjson.dumps({"kinds": [kind]}) + b"\n"
    lines = _lines([(value,) for value in encode(column, kind)])
    return [row[0] for rows in body.feed(head + lines) for row in rows]


ODD_OFFSET = timezone(-timedelta(hours=3, minutes=6, seconds=28))


@pytest.mark.parametrize(
    "column",
    [
        ["a", None, "é"],
        [1, 2.5, True, None],
        [datetime(2024, 1, 1, 8, 0, 0, 123456), None, datetime.min, datetime.max],
        [datetime(1900, 1, 1, tzinfo=ODD_OFFSET), datetime(2024, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)],
        [date(2024, 1, 1), None],
        [Decimal("1.10"), Decimal("1E+30"), None],
        [b"\x00\xff", None],
        [UUID(int=7), None],
        [2**70, 1, -(2**65)],
        [float("inf"), 1.0],
        ["a", date(2024, 1, 1), datetime(2024, 1, 1), Decimal("1.0"), b"x", None, 3],
        [{"a": [1]}, [1, 2]],
        ["\ud800", "a"],
        ["],[", "a", "]\n["],
        [[[1], [2]], [[3]]],
        [None, None],
    ],
)
def test_a_column_arrives_as_it_left(column: list[Any]) -> None:
    found = through(column)
    assert found == column
    assert [type(value) for value in found] == [type(value) for value in column]


def test_what_json_has_no_word_for_arrives_as_text() -> None:
    assert through([time(8, 30)]) == ["08:30:00"]


@given(
    st.lists(
        st.one_of(
            st.none(), st.text(), st.integers(), st.booleans(), st.floats(allow_nan=False), st.dates(), st.datetimes(),
            st.binary(), st.decimals(allow_nan=False),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_any_column_arrives_as_it_left(column: list[Any]) -> None:
    assert through(column) == column
