"""The mirror of an origin is divided by view; what divided it can be taken back and made again."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ingestion.models import RawRecord, Source
from tests.factories.ingestion import State, load, make_source
from tests.schema import owner

DIVIDED = "0016_mirror_by_view"
# Each part of the mirror, how it is bounded, and what holds in it.
PARTS = """
SELECT c.relname, c.relkind::text, pg_get_expr(c.relpartbound, c.oid),
    (SELECT array_agg(pg_get_constraintdef(o.oid) ORDER BY 1) FROM pg_constraint o
     WHERE o.conrelid = c.oid AND o.contype <> 'n')
FROM pg_class c WHERE c.relname ~ '^ingestion_rawrecord' AND c.relkind IN ('r', 'p') ORDER BY 1
"""
ROWS = "SELECT view, origin_key, content_hash, raw, presence FROM ingestion_rawrecord ORDER BY 1, 2"


def parts() -> dict[str, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(PARTS)
        return {name: rest for name, *rest in cursor.fetchall()}


@pytest.fixture
def source(committed: None, state: State) -> Source:
    """A state of one unit and two prisoners, loaded."""
    state.add("vw_unidade", 10)
    for cod in (1, 2):
        state.add("vw_preso", cod)
    made = make_source(state)
    load(made)
    assert RawRecord.objects.count() == 3
    return made


def test_each_view_has_a_part_with_its_key_and_nothing_left_of_its_filling(source: Source) -> None:
    part = f"ingestion_rawrecord_o{source.origin_id}"
    found = parts()
    assert found[part][:2] == ["p", f"FOR VALUES IN ('{source.origin_id}')"]
    key = ["PRIMARY KEY (origin_key, view, origin_id)"]
    assert found[f"{part}_vw_preso"] == ["r", "FOR VALUES IN ('vw_preso')", key]


def test_a_view_that_was_empty_gets_its_part_with_its_first_rows(state: State, source: Source) -> None:
    part = f"ingestion_rawrecord_o{source.origin_id}_vw_preso_documento"
    state.add("vw_preso_documento", 100)
    load(source)
    state.add("vw_preso_documento", 101)
    load(source)
    assert parts()[part][0] == "r"
    assert set(RawRecord.objects.filter(view="vw_preso_documento").values_list("origin_key", flat=True)) == {
        "100",
        "101",
    }


def test_taken_back_and_made_again_it_leaves_rows_and_parts_alone(source: Source) -> None:
    with owner("ingestion") as schema:
        mine = f"ingestion_rawrecord_o{source.origin_id}"

        def parts_of_mine() -> list[tuple[Any, ...]]:
            return [part for part in schema.ask(PARTS) if part[0].startswith(mine)]

        rows, before = schema.ask(ROWS), parts_of_mine()
        schema.take_back(DIVIDED)
        assert schema.ask(ROWS) == rows
        assert [(name, kind) for name, kind, *_ in parts_of_mine()] == [(mine, "r")]
        schema.make_again(DIVIDED)
        assert (schema.ask(ROWS), parts_of_mine()) == (rows, before)


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.parametrize("name", ["vw_Preso", "vw_x; DROP TABLE x", "registry_record", ""])
def test_the_owner_makes_parts_for_views_alone(name: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="no view"), transaction.atomic():
        cursor.execute("SELECT ingestion_start_view(1, %s)", [name])
