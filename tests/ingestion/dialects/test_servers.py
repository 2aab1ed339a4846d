"""A state on a real MariaDB and a real Firebird gives the registry the same rows as on PostgreSQL."""

import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo
from sqlalchemy.exc import DBAPIError

from ingestion.mapping.reading import read
from ingestion.models import Credentials, LoadStatus, RawRecord, Rejection, Source, SourceDialect
from ingestion.services import mappings, sources
from ingestion.transports import sql
from registry.models import Prisoner
from senappen import servers
from tests.factories.ingestion import BY, load
from tests.ingestion.dialects.opening import READER, STATE, open_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def vacuumed(django_db_setup: None) -> None:
    """Tables without what the loads of other tests rolled back, which leads PostgreSQL to plan for empty ones."""
    address = make_conninfo(servers.owner_url(), dbname=connections["default"].settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM")


def contents(source: Source) -> dict[tuple[str, str], Any]:
    """The hash of what the registry was given, of every row."""
    rows = RawRecord.objects.filter(origin=source.origin).values_list("view", "origin_key", "content_hash")
    return {(view, key): content for view, key, content in rows}


def rejected(source: Source) -> int:
    return Rejection.objects.filter(origin=source.origin).count()


def test_the_registry_is_given_what_postgresql_gives(
    vacuumed: None, country: Path, postgresql: None, server: tuple[str, Any]
) -> None:
    dialect, other = server
    base = open_source(country, SourceDialect.POSTGRESQL, servers.state_postgres().port)
    source = open_source(country, dialect, other.port, "A2")

    assert load(base).status == LoadStatus.FINISHED
    done = load(source)

    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    assert contents(source) == contents(base)
    assert len(contents(source)) > 3_000
    assert rejected(source) == rejected(base)
    assert Prisoner.objects.filter(origin=source.origin).count() == Prisoner.objects.filter(origin=base.origin).count()


def test_a_second_load_changes_nothing(vacuumed: None, country: Path, server: tuple[str, Any]) -> None:
    dialect, other = server
    source = open_source(country, dialect, other.port)
    load(source)
    before = dict(RawRecord.objects.filter(origin=source.origin).values_list("origin_key", "changed_at"))

    again = load(source)

    assert again.status == LoadStatus.FINISHED
    assert dict(RawRecord.objects.filter(origin=source.origin).values_list("origin_key", "changed_at")) == before


def test_refusals_are_told_from_absent_servers(country: Path, server: tuple[str, Any]) -> None:
    dialect, other = server
    source = open_source(country, dialect, other.port, credentials=Credentials(READER, "errada"))
    assert "recusou a entrada" in load(source).cause

    sources.change_address(source=source, host="127.0.0.1", port=1, database="x", by=BY)
    assert "Não foi possível falar" in load(source).cause


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("relation: vw_internos\n", "relation: interno\n", "perdeu a permissão de"),
        ("relation: vw_internos\n", "relation: vw_desfeita\n", "não existe mais no banco"),
        ("nome: nm_interno\n", "nome: nm_desfeito\n", "Uma coluna do mapeamento não existe mais"),
    ],
)
def test_a_state_that_changed_stops_the_load_with_the_cause(
    country: Path, server: tuple[str, Any], old: str, new: str, words: str
) -> None:
    dialect, other = server
    source = open_source(country, dialect, other.port)
    text = (country / STATE / f"mapping.{dialect}.yaml").read_text()
    assert old in text
    mappings.put_in_use(source=source, text=text.replace(old, new), by=BY)

    assert words in load(source).cause


def test_a_view_left_half_read_lets_the_server_go(country: Path, server: tuple[str, Any]) -> None:
    dialect, other = server
    source = open_source(country, dialect, other.port)
    assert source.mapping
    mapping = read(source.mapping.text)

    with sql.connect(source) as connected:
        batches = connected.batches(mapping, "vw_movimentacao", None, 10)
        first = next(batches)
        batches.close()
        again = next(connected.batches(mapping, "vw_movimentacao", None, 10))

    assert len(first.rows) == 10
    assert again == first


def test_a_reading_that_waits_for_a_slow_server_can_be_broken_off(country: Path, server: tuple[str, Any]) -> None:
    dialect, other = server
    if dialect != SourceDialect.MARIADB:
        pytest.skip("its driver cannot be interrupted")
    with sql.connect(open_source(country, dialect, other.port)) as connected:
        timer = threading.Timer(1, connected.interrupt)
        timer.start()
        with pytest.raises(DBAPIError), connected.session() as session:
            session.exec_driver_sql("SELECT SLEEP(60)")
        timer.join()

        assert next(connected.batches(read(other_mapping(country)), "vw_visita", None, 10)).rows


def other_mapping(country: Path) -> str:
    return (country / STATE / f"mapping.{SourceDialect.MARIADB}.yaml").read_text()


def test_the_rows_after_a_position_follow_it(country: Path, server: tuple[str, Any]) -> None:
    dialect, other = server
    source = open_source(country, dialect, other.port)
    assert source.mapping
    mapping = read(source.mapping.text)

    with sql.connect(source) as connected:
        whole = [row for batch in connected.batches(mapping, "vw_visita", None, 5_000) for row in batch.rows]
        begun = next(connected.batches(mapping, "vw_visita", None, 50))
        rest = [row for batch in connected.batches(mapping, "vw_visita", begun.position, 5_000) for row in batch.rows]

    assert [*begun.rows, *rest] == whole
