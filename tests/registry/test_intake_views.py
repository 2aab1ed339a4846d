"""What holds for the rows of every view of the contract."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from registry.models import Origin
from registry.services.intake.views import VIEWS
from tests.factories import registry as make
from tests.registry.contract_rows import ORDER, ROWS
from tests.registry.handing import columns, hand_over, receive_before, refused, take_away

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def origin() -> Origin:
    return make.make_origin("AL")


def stored(view: str) -> Any:
    """All rows of the table a view fills, as dictionaries without what each write renews."""
    tables = {model._meta.db_table: model for model in apps.get_app_config("registry").get_models()}
    model = tables[VIEWS[view].table.name]
    fixed = dict(VIEWS[view].fixed)
    return list(model.objects.filter(**fixed).order_by("pk").values())


def test_every_view_of_the_contract_has_a_description() -> None:
    assert list(VIEWS) == ORDER
    described = {
        view.name: {c.field for t in (view.table, view.record) if t for c in t.columns} for view in VIEWS.values()
    }
    common = {"id_origem", "dt_atualizacao", "st_registro", "dt_inclusao"}
    for name, view in VIEWS.items():
        fields = described[name] | {parent.field for parent in view.parents}
        assert set(columns(name)) <= fields | common, name


def test_no_view_reads_two_fields_as_one_kind_of_document() -> None:
    for view in VIEWS.values():
        kinds = [kind for kind, _, _ in {column.source for column in view.parsed}]
        assert len(kinds) == len(set(kinds)), view.name


@pytest.mark.parametrize("view", ORDER)
def test_new_row_is_inserted(view: str, origin: Origin) -> None:
    receive_before(view, origin)
    received = hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin, load=7)
    assert (received.inserted, received.updated, received.removed, received.refused) == (1, 0, 0, 0)
    assert len(stored(view)) == 1


@pytest.mark.parametrize("view", ORDER)
def test_changed_row_is_updated_in_place(view: str, origin: Origin) -> None:
    receive_before(view, origin)
    hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
    before = stored(view)
    text = next(
        c.field for c in VIEWS[view].table.columns if c.field in columns(view) and columns(view)[c.field] == "text"
    )
    received = hand_over(view, [{"id_origem": "1", **ROWS[view], text: "9"}], origin, load=2)
    after = stored(view)
    assert (received.inserted, received.updated) == (0, 1)
    assert [next(iter(row.values())) for row in after] == [next(iter(row.values())) for row in before]
    assert after != before


@pytest.mark.parametrize("view", ORDER)
def test_excluded_row_is_kept_and_dated(view: str, origin: Origin) -> None:
    receive_before(view, origin)
    hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
    received = hand_over(view, [{"id_origem": "1", **ROWS[view], "st_registro": "E"}], origin)
    assert received.removed == 1
    table = VIEWS[view].record or VIEWS[view].table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.name} WHERE removed_at IS NOT NULL")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("view", ORDER)
def test_row_gone_from_the_state_is_kept_and_dated(view: str, origin: Origin) -> None:
    receive_before(view, origin)
    hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
    assert take_away(view, ["1", "unknown"], origin) == 1
    assert take_away(view, ["1"], origin) == 0


@pytest.mark.parametrize("view", [view for view in ORDER if VIEWS[view].parents])
def test_orphan_is_refused_with_the_field_that_names_its_parent(view: str, origin: Origin) -> None:
    receive_before(view, origin)
    field = VIEWS[view].parents[0].field
    rows = [{"id_origem": "1", **ROWS[view]}, {"id_origem": "2", **ROWS[view], field: "nobody"}]
    received = hand_over(view, rows, origin)
    assert (received.inserted, received.refused) == (1, 1)
    assert refused() == [("2", f"orphan:{field}")]


@pytest.mark.parametrize("view", ORDER)
def test_row_comes_back_when_the_state_has_it_again(view: str, origin: Origin) -> None:
    receive_before(view, origin)
    row = {"id_origem": "1", **ROWS[view]}
    hand_over(view, [row], origin)
    take_away(view, ["1"], origin)
    hand_over(view, [row], origin)
    assert take_away(view, ["1"], origin) == 1
