"""Positions come back as the state gave them, step back by the overlap, and never pass the present."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
import pytest

from ingestion.mapping.reading import read
from ingestion.mapping.schema import FieldMapping
from ingestion.transports.position import Position
from tests.factories.ingestion import make_mapping

NATIVE = FieldMapping(column="alt")
TEXT = FieldMapping(column="alt", format="%Y%m%d%H%M")
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)  # 09:00 in Maceió


@pytest.mark.parametrize(
    "position",
    [
        Position(datetime(2024, 3, 1, 8, 0, 0, 5), 7),
        Position(datetime(2024, 3, 1, tzinfo=UTC), "A-7"),
        Position(date(2024, 3, 1), Decimal("7.00")),
        Position("202403010800", b"\x00\xff"),
        Position(datetime(2024, 3, 1), UUID("6f9619ff-8b86-4d01-b42d-00c04fc964ff")),
        Position(datetime(2024, 3, 1)),
    ],
)
def test_a_position_survives_json_with_its_types(position: Position) -> None:
    found = Position.from_json(orjson.loads(orjson.dumps(position.as_json())))

    assert found == position
    assert found is not None
    assert type(found.key) is type(position.key)


@pytest.mark.parametrize(
    ("field", "updated", "expected"),
    [
        (NATIVE, datetime(2024, 3, 1, 8), datetime(2024, 3, 1, 7, 45)),
        (TEXT, "202403010800", "202403010745"),
        (NATIVE, "2024-03-01 08:00:00", "2024-03-01 07:45:00"),
        (NATIVE, date(2024, 3, 1), date(2024, 2, 29)),
    ],
)
def test_the_next_load_begins_an_overlap_earlier_without_a_key(
    field: FieldMapping, updated: Any, expected: Any
) -> None:
    assert Position(updated, 7).back(timedelta(minutes=15), field) == Position(expected)


@pytest.mark.parametrize(
    ("field", "updated", "expected"),
    [
        (NATIVE, datetime(2024, 3, 1, 8), datetime(2024, 3, 1, 8)),
        (NATIVE, datetime(2024, 3, 1, 11), datetime(2024, 3, 1, 9)),
        (NATIVE, datetime(2024, 3, 1, 13, tzinfo=UTC), datetime(2024, 3, 1, 12, tzinfo=UTC)),
        (TEXT, "209901010000", "202403010900"),
        (NATIVE, "infinity", "2024-03-01 09:00:00"),
    ],
)
def test_no_watermark_lies_in_the_future(field: FieldMapping, updated: Any, expected: Any) -> None:
    mapping = read(make_mapping())

    assert Position(updated, 7).at_most(NOW, mapping, field).updated == expected
