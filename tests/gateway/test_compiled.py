"""The SQL that the gateway asks of each database system, whether or not its server is here."""

import re
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from gateway import dialects
from gateway.positions import Position
from gateway.reading import KeyReading, RowReading
from tests.factories.gateway import make_view

VIEW = make_view("vw_preso", "dados.vw_preso", "cod nasc alt")
EXPANDED = "v.alt >= ? AND (v.alt > ? OR v.cod > ?)"
# How each tells that a row comes after (alt, cod), how it writes a date as text, and how it takes the first ten rows.
SPOKEN = {
    "postgresql": ("(v.alt, v.cod) > (?, ?)", "CAST(v.nasc AS TEXT)", "LIMIT ?"),
    "mariadb": (EXPANDED, "CAST(v.nasc AS CHAR)", "LIMIT ?"),
    "firebird": (EXPANDED, "CAST(v.nasc AS VARCHAR(40))", "ROWS 1 TO CAST(? AS INTEGER)"),
    "oracle": (EXPANDED, "CAST(v.nasc AS VARCHAR2(40 CHAR))", "FETCH FIRST ? ROWS ONLY"),
    "sqlserver": (EXPANDED, "convert(VARCHAR(40), v.nasc, 121)", "TOP ?"),
}


def engine(name: str) -> sa.Engine:
    """Never connected."""
    dialect = dialects.DIALECTS[name]
    return sa.create_engine(dialect.address(make_url(f"{name}://leitor:s%3Agredo@10.1.2.3:99/base"), "utf-8"))


def compiled(name: str, query: sa.Select[Any]) -> str:
    """On one line, with the view as `v`, its columns bare of it, and every driver's parameters as `?`."""
    text = " ".join(str(query.compile(engine(name))).split()).replace("dados.vw_preso.", "v.")
    text = re.sub(r"%\(\w+\)s|%s|:\w+|__\[POSTCOMPILE_\w+\]", "?", text)
    return re.sub(r"(?<![\w.])(alt|cod|nasc)\b(?!_)", r"v.\1", text).replace(" ? ", " ? ")


def reading(name: str, **options: Any) -> RowReading:
    after = Position(datetime(2024, 3, 1, 8), 7)
    return RowReading(None, dialects.DIALECTS[name], VIEW, after, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SPOKEN)
def test_the_rows_after_a_position_are_asked_in_order(name: str) -> None:
    query = compiled(name, reading(name)._dated())
    assert SPOKEN[name][0] in query
    assert query.endswith("ORDER BY v.alt, v.cod")
    assert "OFFSET" not in query.upper()


@pytest.mark.parametrize("name", SPOKEN)
def test_dates_no_driver_holds_are_asked_as_text(name: str) -> None:
    asked = reading(name)
    asked._texts = {"nasc"}
    assert SPOKEN[name][1] in compiled(name, asked._dated())


@pytest.mark.parametrize("name", SPOKEN)
def test_a_limit_is_the_database_s_own(name: str) -> None:
    assert SPOKEN[name][2] in compiled(name, reading(name, limit=10)._dated())


@pytest.mark.parametrize("name", SPOKEN)
def test_keys_are_asked_in_their_own_order_the_last_again(name: str) -> None:
    asked = KeyReading(None, dialects.DIALECTS[name], VIEW, 7)  # type: ignore[arg-type]
    query = compiled(name, asked._keyed())
    assert query.startswith("SELECT v.cod, v.alt ")
    assert query.endswith("v.cod >= ? ORDER BY v.cod")


@pytest.mark.parametrize("name", SPOKEN)
def test_the_address_keeps_the_password(name: str) -> None:
    assert engine(name).url.password == "s:gredo"


def test_oracle_is_reached_by_the_name_of_its_service() -> None:
    assert engine("oracle").url.query == {"service_name": "base"}


@pytest.mark.parametrize("name", SPOKEN)
def test_every_cause_has_its_sentence(name: str) -> None:
    from gateway.problems import CAUSES

    assert set(dialects.DIALECTS[name].causes.values()) <= CAUSES.keys()


class Said(Exception):
    """As oracledb words its errors."""

    def __init__(self, full_code: str) -> None:
        super().__init__(self)
        self.full_code = full_code


@pytest.mark.parametrize(
    ("name", "error", "cause"),
    [
        ("oracle", Said("ORA-00942"), "hidden"),
        ("oracle", Said("ORA-12345"), "unavailable"),
        ("sqlserver", Exception(18456, b"Login failed"), "login"),
        ("sqlserver", Exception((207, b"Invalid column name")), "column"),
        ("mariadb", Exception(2013, "read timeout"), "timeout"),
        ("mariadb", Exception(), "unavailable"),
        ("firebird", Exception("no codes"), "unavailable"),
    ],
)
def test_errors_are_told_apart_by_the_driver_s_code(name: str, error: Exception, cause: str) -> None:
    assert dialects.DIALECTS[name].cause(error) == cause


def test_a_driver_that_is_not_installed_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "find_spec", lambda _module: None)
    assert "pip install 'senappen-gateway[oracle]'" in str(dialects.missing(dialects.DIALECTS["oracle"]))


def test_firebird_needs_the_library_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda _name: None)
    assert "libfbclient2" in str(dialects.missing(dialects.DIALECTS["firebird"]))


def test_a_database_without_a_character_set_is_read_by_the_configured_one() -> None:
    url = dialects.DIALECTS["firebird"].address(make_url("firebird://a:b@c/base"), "cp1252")
    assert (url.database, url.query) == ("c/3050:base", {"charset": "WIN1252"})
