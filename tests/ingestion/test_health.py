"""Freshness and progress are told in counts, and the foreground command prints them."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ingestion import health
from ingestion.models import LoadStatus
from registry.models import Origin
from tests.factories.ingestion import State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_a_source_never_loaded_is_not_fresh(state: State) -> None:
    make_source(state)

    [found] = health.sources()

    assert (found.loaded_at, found.fresh, found.latest) == (None, False, None)


def test_a_loaded_source_is_fresh_and_tells_its_counts(state: State) -> None:
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, nasc="ontem")
    state.add("vw_preso_documento", 100, interno=9)
    load(make_source(state))

    [found] = health.sources()

    assert found.fresh
    assert (found.open_rejections, found.waiting_rejections) == (1, 1)
    assert found.latest is not None
    assert (found.latest.status, found.latest.read, found.latest.views_done) == (LoadStatus.FINISHED, 3, 3)
    assert found.latest.rate > 0


def test_an_old_load_is_no_longer_fresh(state: State) -> None:
    source = make_source(state)
    load(source)
    Origin.objects.update(loaded_at=datetime.now(UTC) - source.origin.fresh_for - timedelta(minutes=1))

    assert not health.sources()[0].fresh


def test_a_stopped_load_shows_its_cause_and_reference(state: State) -> None:
    state.run("DROP TABLE dados.vw_preso")
    load(make_source(state))

    latest = health.sources()[0].latest

    assert latest is not None
    assert "não existe mais" in latest.cause
    assert latest.reference.startswith("ING-")


def test_the_command_loads_in_the_foreground_and_prints_counts_only(state: State) -> None:
    state.add("vw_preso", 1)
    make_source(state)
    out = StringIO()

    call_command("load_source", "AL", stdout=out)

    assert "vw_preso: lidas 1, novas 1" in out.getvalue()
    assert "INVENTADO" not in out.getvalue()


def test_the_command_fails_with_the_cause(state: State) -> None:
    make_source(state)
    state.run("DROP TABLE dados.vw_preso")

    with pytest.raises(CommandError, match="não existe mais"):
        call_command("load_source", "AL", stdout=StringIO())


def test_the_command_knows_only_origins_with_an_enabled_source() -> None:
    with pytest.raises(CommandError, match="Não há fonte ativa"):
        call_command("load_source", "XX", stdout=StringIO())
