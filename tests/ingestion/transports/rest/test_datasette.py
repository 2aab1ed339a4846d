"""A whole fictitious state read through Datasette: the same rows as by SQL, and nothing twice."""

from pathlib import Path
from typing import Any

import pytest

from ingestion.models import Load, LoadStatus, LoadView, Rule, Source, ViewCursor
from ingestion.services import mappings, sources
from tests.factories.ingestion import BY, load
from tests.factories.registry import make_origin
from tests.factories.rest import make_api_source
from tests.ingestion.transports.rest.comparing import photographs, registered, totals
from tests.ingestion.transports.rest.serving import datasette_mapping

pytestmark = [pytest.mark.django_db(databases=["default", "audit"])]


def counted(done: Load) -> dict[str, int]:
    return totals(LoadView.objects.filter(load=done))


@pytest.fixture
def read_by_sql(country: Path, by_sql: dict[str, Any]) -> Source:
    """A source of rule 1, loaded."""
    text = (country / "AL" / "mapping.yaml").read_text()
    source = sources.create(origin=make_origin("AL"), mapping=text, by=BY, **by_sql)
    assert load(source).status == LoadStatus.FINISHED
    return source


def test_a_state_read_through_datasette_is_the_same_as_by_sql(
    country: Path, read_by_sql: Source, datasette: str
) -> None:
    by_sql, photos = registered("AL"), photographs("AL")
    sources.set_enabled(source=read_by_sql, enabled=False, by=BY)
    mapping = datasette_mapping(country, datasette).replace("origin: AL", "origin: XX")

    done = load(make_api_source(datasette, mapping, origin=make_origin("XX")))

    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    assert registered("XX") == by_sql
    assert photographs("XX") == photos
    assert sum(by_sql.values()) > 3_000
    assert len(photos) > 50


def test_a_state_that_changes_from_sql_to_its_api_loads_nothing_twice(
    country: Path, read_by_sql: Source, datasette: str
) -> None:
    before = registered("AL")
    switch(read_by_sql, datasette, datasette_mapping(country, datasette))

    by_cursor = counted(load(read_by_sql))
    ViewCursor.objects.all().delete()
    whole = counted(load(read_by_sql))

    assert by_cursor["new"] == by_cursor["changed"] == whole["new"] == whole["changed"] == 0
    assert 0 < by_cursor["read"] < whole["read"] / 10
    assert whole["unchanged"] > 3_000
    assert registered("AL") == before


def test_a_second_load_through_datasette_changes_nothing(country: Path, datasette: str) -> None:
    source = make_api_source(datasette, datasette_mapping(country, datasette))
    first, before = counted(load(source)), registered("AL")

    again = counted(load(source))

    assert first["new"] > 3_000
    assert (again["new"], again["changed"], again["removed"]) == (0, 0, 0)
    assert again["read"] < first["read"] / 10
    assert registered("AL") == before


def switch(source: Source, base: str, mapping: str) -> None:
    """The state changes its rule this morning."""
    source.rule = Rule.API_VPN
    source.save()
    host, port = base.removeprefix("http://").split("/")[0].split(":")
    sources.change_address(source=source, host=host, port=int(port), database="", by=BY)
    mappings.put_in_use(source=source, text=mapping, by=BY)
