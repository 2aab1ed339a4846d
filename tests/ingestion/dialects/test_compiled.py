"""The SQL that each database system is asked, whether or not its server is here."""

import re
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from ingestion.dialects import DIALECTS
from ingestion.mapping.schema import FieldMapping, ViewMapping
from ingestion.models import Credentials, Source, SourceDialect
from ingestion.transports.position import Position
from ingestion.transports.sql import _Query

WHEN = datetime(2024, 3, 1, 8)
VIEW = ViewMapping(
    relation="dados.vw_preso",
    fields={
        "id_origem": FieldMapping(column="cod"),
        "dt_nascimento": FieldMapping(column="nasc"),
        "dt_atualizacao": FieldMapping(column="alt"),
    },
)
EXPANDED = "v.alt >= ? AND (v.alt > ? OR v.cod > ?)"
# How each tells that a row comes after (alt, cod), and how it writes a date as text.
SPOKEN = {
    SourceDialect.POSTGRESQL: ("(v.alt, v.cod) > (?, ?)", "CAST(v.nasc AS TEXT)"),
    SourceDialect.MARIADB: (EXPANDED, "CAST(v.nasc AS CHAR)"),
    SourceDialect.FIREBIRD: (EXPANDED, "CAST(v.nasc AS VARCHAR(40))"),
    SourceDialect.ORACLE: (EXPANDED, "CAST(v.nasc AS VARCHAR2(40 CHAR))"),
    SourceDialect.SQLSERVER: (EXPANDED, "convert(VARCHAR(40), v.nasc, 121)"),
}


def source(dialect: str) -> Source:
    return Source(dialect=dialect, host="10.1.2.3", port=1234, database="prisional")


def engine(dialect: str) -> sa.Engine:
    """Never connected."""
    return sa.create_engine(DIALECTS[dialect].url(source(dialect), Credentials("leitor", "se:gre@do"), "10.1.2.3"))


def compiled(dialect: str, query: sa.Select[Any]) -> str:
    """On one line, with the view as `v` and every driver's parameters as `?`."""
    text = " ".join(str(query.compile(engine(dialect))).split()).replace("dados.vw_preso.", "v.")
    return re.sub(r"%\(\w+\)s|%s|:\w+", "?", text)


@pytest.fixture(autouse=True)
def _library_present(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQL is compiled without Firebird's client library."""
    monkeypatch.setattr("ctypes.util.find_library", lambda name: f"lib{name}.so")


@pytest.mark.parametrize("dialect", SourceDialect.values)
def test_the_rows_after_a_position_are_asked_in_order(dialect: str) -> None:
    query = compiled(dialect, _Query(DIALECTS[dialect], "vw_preso", VIEW, False).dated(Position(WHEN, 7)))

    after = SPOKEN[SourceDialect(dialect)][0]
    expected = f"SELECT v.cod, v.nasc, v.alt FROM dados.vw_preso WHERE v.alt IS NOT NULL AND {after}"
    assert query == f"{expected} ORDER BY v.alt, v.cod"


@pytest.mark.parametrize("dialect", SourceDialect.values)
def test_dates_no_driver_can_hold_are_asked_as_text(dialect: str) -> None:
    query = compiled(dialect, _Query(DIALECTS[dialect], "vw_preso", VIEW, True).undated())

    assert f"{SPOKEN[SourceDialect(dialect)][1]} AS nasc_" in query
    assert "WHERE v.alt IS NULL" in query


@pytest.mark.parametrize("dialect", SourceDialect.values)
def test_a_password_with_signs_of_its_own_arrives_whole(dialect: str) -> None:
    made = engine(dialect)

    _, arguments = made.dialect.create_connect_args(made.url)

    assert arguments["password"] == "se:gre@do"
    assert "10.1.2.3" in str(arguments)
    assert "prisional" in str(arguments)


def test_two_firebird_servers_with_one_file_name_are_not_confused() -> None:
    first, second = source(SourceDialect.FIREBIRD), source(SourceDialect.FIREBIRD)
    second.host = "10.9.9.9"
    urls = [DIALECTS[SourceDialect.FIREBIRD].url(one, Credentials("leitor", "x"), one.host) for one in (first, second)]

    assert [url.database for url in urls] == ["10.1.2.3/1234:prisional", "10.9.9.9/1234:prisional"]
    assert [url.host for url in urls] == [None, None]
