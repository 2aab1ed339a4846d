"""The gateway beside a real MariaDB and a real Firebird: what rule 1 reads, rule 2 reads, value for value."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from gateway.checking import problems_of
from gateway.config import View
from ingestion.mapping.reading import read
from ingestion.models import Credentials, LoadStatus, LoadView, RawRecord, Rule, Source
from ingestion.transports.gateway import connect as connect_gateway
from ingestion.transports.sql import connect as connect_sql
from tests.factories.gateway import TOKEN, Running, make_config, make_view, serve, views_of
from tests.factories.ingestion import load
from tests.ingestion.dialects.opening import FIREBIRD, PASSWORD, PREFIX, READER, STATE, open_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def config_of(country: Path, server: tuple[str, Any], **views: View) -> Any:
    """As the state's technician configures it."""
    dialect, found = server
    name = f"{PREFIX}estado_al"
    place = f"{found.folder}/databases/{name}.fdb" if dialect == FIREBIRD else name
    address = URL.create(str(dialect), READER, PASSWORD, "127.0.0.1", found.port, place)
    mapping = read((country / STATE / f"mapping.{dialect}.yaml").read_text())
    return make_config(address, views or views_of(mapping), batch_rows=500)


@pytest.fixture(scope="module")
def gateway(country: Path, server: tuple[str, Any]) -> Iterator[Running]:
    with serve(config_of(country, server)) as running:
        yield running


def by_rule(source: Source, rule: Rule, port: int, credentials: Credentials) -> Source:
    """The source as its administrator changes it."""
    source.rule, source.port = rule, port
    source.seal(credentials)
    source.save()
    return source


def all_rows(connection: Any, source: Source, view: str) -> list[Any]:
    assert source.mapping
    mapping = read(source.mapping.text)
    return [list(row) for batch in connection.batches(mapping, view, None, 700) for row in batch.rows]


def test_a_state_that_changes_to_the_gateway_loads_nothing_again(
    country: Path, server: tuple[str, Any], gateway: Running
) -> None:
    source = open_source(country, server[0], server[1].port)
    assert load(source).status == LoadStatus.FINISHED
    held = set(RawRecord.objects.values_list("view", "origin_key", "content_hash"))
    assert len(held) > 3_000

    done = load(by_rule(source, Rule.GATEWAY, gateway.port, Credentials("senappen", TOKEN)))

    assert (done.status, done.cause) == (LoadStatus.FINISHED, "")
    counted = LoadView.objects.filter(load=done).values_list("new_count", "changed_count", "removed_count")
    assert {count for counts in counted for count in counts} == {0}
    assert set(RawRecord.objects.values_list("view", "origin_key", "content_hash")) == held


@pytest.mark.parametrize("view", ["vw_preso", "vw_preso_foto", "vw_visita", "vw_custodia"])
def test_the_gateway_gives_the_values_that_sql_gives(
    country: Path, server: tuple[str, Any], gateway: Running, view: str
) -> None:
    source = open_source(country, server[0], server[1].port)
    with connect_sql(source) as connection:
        by_sql = all_rows(connection, source, view)
    by_rule(source, Rule.GATEWAY, gateway.port, Credentials("senappen", TOKEN))
    with connect_gateway(source) as connection:
        by_gateway = all_rows(connection, source, view)

    assert by_gateway == by_sql
    assert [[type(value) for value in row] for row in by_gateway] == [[type(value) for value in row] for row in by_sql]


def test_check_finds_nothing_wrong_with_a_right_installation(country: Path, server: tuple[str, Any]) -> None:
    assert problems_of(config_of(country, server)) == []


def test_check_names_what_is_wrong(country: Path, server: tuple[str, Any]) -> None:
    views = [
        make_view("vw_visita", "vw_desfeita", "cod alt"),
        make_view("vw_preso", "vw_internos", "desfeita dt_alt", "dt_alt", "desfeita"),
        make_view("vw_visitante", "interno", "cd_interno dt_alteracao", "dt_alteracao", "cd_interno"),
    ]
    said = "\n".join(problems_of(config_of(country, server, **{view.name: view for view in views})))
    assert "vw_visita: A visão" in said
    assert "não existe mais no banco" in said
    assert "vw_preso: Uma coluna configurada no gateway não existe" in said
    assert "vw_visitante: " in said
    assert "GRANT SELECT" in said


def test_check_names_rights_that_are_too_many(country: Path, server: tuple[str, Any]) -> None:
    dialect, found = server
    config = config_of(country, server)
    url = sa.make_url(found.url)
    place = config.database.database if dialect == FIREBIRD else f"{PREFIX}estado_al"
    reader = f"USER {READER}" if dialect == FIREBIRD else READER
    engine = sa.create_engine(url.set(database=place), poolclass=sa.NullPool)
    with engine.begin() as administrator:
        administrator.exec_driver_sql(f"GRANT UPDATE ON vw_visitas TO {reader}")
    try:
        said = problems_of(config)
    finally:
        with engine.begin() as administrator:
            administrator.exec_driver_sql(f"REVOKE UPDATE ON vw_visitas FROM {reader}")
    assert said == ["vw_visita: o usuário do gateway pode escrever nela; deixe apenas SELECT."]


def test_a_view_half_read_lets_the_server_go(country: Path, gateway: Running) -> None:
    for _ in range(8):  # more than the streams that the gateway gives at once
        answer = gateway.get("/v1/views/vw_movimentacao", params={"limit": "1"})
        assert answer.text.splitlines()[-1].startswith('{"end":true,"rows":1')
