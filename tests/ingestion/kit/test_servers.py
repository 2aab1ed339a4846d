"""The kit's scripts, run as they are by an administrator of a real PostgreSQL, MariaDB and Firebird."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from ingestion.conformity import privileges
from ingestion.contract import VIEWS
from ingestion.kit.databases import DATABASES
from ingestion.kit.views import table_of
from ingestion.mapping.compiling import compile_view
from ingestion.mapping.reading import read
from ingestion.transports import sql
from senappen.embedded import EmbeddedServerError
from tests.factories.kit import SERVERS, Administrator, install, let_in


@pytest.fixture(scope="module", params=SERVERS)
def state(request: pytest.FixtureRequest, states_server: str) -> Iterator[Administrator]:
    """A state that ran every script; skipped where its Debian package is absent."""
    opened = SERVERS[request.param]()
    try:
        made = opened.__enter__()
    except EmbeddedServerError as absent:
        pytest.skip(str(absent))
    try:
        install(made)
        with pytest.raises(DBAPIError):  # locked until somebody gives it a password
            made.reader().connect()
        let_in(made)
        yield made
    finally:
        opened.__exit__(None, None, None)


def taken(value: bytes, kind: str) -> tuple[str, int]:
    """An image, kept nowhere."""
    return "0" * 64, len(value)


def shown(state: Administrator, view: str) -> str:
    return DATABASES[state.choices.dialect].name(state.choices.schema, view)


def test_every_view_gives_its_row_by_the_kits_own_mapping(state: Administrator) -> None:
    source = state.source()
    assert source.mapping
    mapping = read(source.mapping.text)
    with sql.connect(source) as connection:
        rows = {view: [row for b in connection.batches(mapping, view, None, 10) for row in b.rows] for view in VIEWS}

    assert {view: len(found) for view, found in rows.items()} == dict.fromkeys(VIEWS, 1)
    for view, found in rows.items():
        _, faults = compile_view(mapping, view).convert(found, taken)
        assert faults.by_row == {}, view


@pytest.mark.parametrize("view", ["vw_preso", "vw_visita"])
def test_the_reader_cannot_read_the_table_under_a_view(state: Administrator, view: str) -> None:
    table = DATABASES[state.choices.dialect].name(state.choices.tables, table_of(VIEWS[view]))
    with state.reader().connect() as reader, pytest.raises(DBAPIError):
        reader.execute(sa.text(f"SELECT * FROM {table}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {view} SET nome = 'X'",
        "DELETE FROM {view}",
        "INSERT INTO {view} (id_origem) VALUES ('9')",
        "DROP VIEW {view}",
        "CREATE TABLE {scratch} (n integer)",
        "CREATE VIEW {scratch} AS SELECT id_origem FROM {view}",
    ],
)
def test_the_reader_cannot_write(state: Administrator, statement: str) -> None:
    """Even after asking for a transaction that writes."""
    names = {"view": shown(state, "vw_preso"), "scratch": shown(state, "rascunho")}
    with state.reader().connect() as reader:
        if state.choices.dialect == "postgresql":
            reader.execute(sa.text("SET TRANSACTION READ WRITE"))
        with pytest.raises(DBAPIError) as refused:
            reader.execute(sa.text(statement.format(**names)))
    assert "read-only" not in str(refused.value)


def test_the_reader_of_postgresql_begins_read_only(state: Administrator) -> None:
    if state.choices.dialect != "postgresql":
        pytest.skip("the others know no read-only account")
    with state.reader().connect() as reader:
        assert reader.scalar(sa.text("SHOW default_transaction_read_only")) == "on"


def rights(state: Administrator) -> set[str]:
    """What the checker says that the reader may do too much."""
    source = state.source()
    assert source.mapping
    with sql.connect(source) as connection, connection.session() as session:
        return {found.check for found in privileges.check(session, source.dialect, read(source.mapping.text))}


def test_the_checker_sees_what_the_reader_may_do_and_that_the_script_grants_no_more(state: Administrator) -> None:
    assert rights(state) == set()
    table = DATABASES[state.choices.dialect].name(state.choices.tables, "preso")
    user = f"'{state.choices.user}'@'127.0.0.1'" if state.choices.dialect == "mariadb" else state.choices.user
    if state.choices.dialect == "postgresql":  # a right on what lies in a shut schema opens nothing
        state.run(f"GRANT USAGE ON SCHEMA {state.choices.tables} TO {user}")
    for right, found in (("INSERT", {"writes"}), ("SELECT", {"reads"})):
        state.run(f"GRANT {right} ON {table} TO {user};")
        try:
            assert rights(state) == found
        finally:
            state.run(f"REVOKE {right} ON {table} FROM {user};")
    if state.choices.dialect == "postgresql":
        state.run(f"REVOKE USAGE ON SCHEMA {state.choices.tables} FROM {user}")


def test_more_connections_than_agreed_are_refused(state: Administrator) -> None:
    if state.choices.dialect == "firebird":
        pytest.skip("Firebird does not limit the connections of an account")
    engine = state.reader()
    held = [engine.connect() for _ in range(state.choices.connections)]
    try:
        with pytest.raises(DBAPIError):
            engine.connect()
    finally:
        for connection in held:
            connection.close()


def test_the_end_of_the_agreement_shuts_the_reader_out_and_leaves_the_views(state: Administrator) -> None:
    state.run(state.files["revogar.sql"])
    try:
        with pytest.raises(DBAPIError):
            state.reader().connect()
        state.run(f"SELECT count(*) FROM {shown(state, 'vw_preso')};")
    finally:
        state.run(state.files["leitor.sql"])
        let_in(state)
