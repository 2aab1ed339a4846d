"""Rule 2 against a real gateway, over HTTP that is cut, refused and encrypted."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest

from ingestion.mapping.reading import read
from ingestion.models import Credentials, Rule, Source
from ingestion.problems import SourceProblem
from ingestion.transports.gateway import client as http
from ingestion.transports.gateway import connect
from ingestion.transports.gateway.problems import Interruption
from ingestion.transports.gateway.rows import Body
from ingestion.transports.sql import connect as connect_sql
from tests.factories.gateway import TOKEN, Running, make_config, reader_url, serve, views_of
from tests.factories.ingestion import READER, State, make_mapping, make_source
from tests.gateway.test_values import VIEW

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "sleep", lambda _seconds: None)


@pytest.fixture
def gateway(state: State) -> Iterator[Running]:
    """The gateway of the small state, with the views of its mapping."""
    with serve(make_config(reader_url(state.name), views_of(read(make_mapping())))) as running:
        yield running


def use_gateway(source: Source, port: int, token: str = TOKEN, **secrets: str) -> Source:
    """The source's rule from now on is 2."""
    source.rule, source.host, source.port = Rule.GATEWAY, "127.0.0.1", port
    source.seal(Credentials("senappen", token, secrets))
    source.save()
    return source


def fill(state: State, count: int) -> None:
    state.add("vw_unidade", 10)
    for cod in range(1, count + 1):
        state.add("vw_preso", cod, alt=f"2024-03-01 08:00:{cod // 2:02}", nm=f"INVENTADO {cod}")


def read_all(source: Source, view: str = "vw_preso", size: int = 2, way: Any = connect) -> tuple[list[Any], Any]:
    """Rows and last position of a view, in small batches."""
    assert source.mapping
    with way(source) as connection:
        batches = list(connection.batches(read(source.mapping.text), view, None, size))
    assert all(len(batch.rows) <= size for batch in batches)
    return [list(row) for batch in batches for row in batch.rows], batches[-1].position


@contextmanager
def cutting(port: int, after: Callable[[int], int | None]) -> Iterator[int]:
    """A network before the gateway that drops the n-th connection after so many bytes of its answer."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        served = iter(range(1_000))

        def carry(caller: socket.socket) -> None:
            left = after(next(served))
            with caller, socket.create_connection(("127.0.0.1", port)) as inner:
                asking = threading.Thread(target=_pump, args=(caller, inner, None), daemon=True)
                asking.start()
                _pump(inner, caller, left)
                for each in (caller, inner):
                    with suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)

        def listen() -> None:
            while True:
                try:
                    caller, _ = door.accept()
                except OSError:
                    return
                threading.Thread(target=carry, args=(caller,), daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, target: socket.socket, left: int | None) -> None:
    try:
        while piece := source.recv(4096):
            target.sendall(piece if left is None else piece[:left])
            left = None if left is None else left - len(piece)
            if left is not None and left <= 0:
                return
    except OSError:
        return


def test_the_gateway_gives_what_sql_gives(state: State, gateway: Running) -> None:
    fill(state, 9)
    state.add("vw_preso", 30, alt=None)
    state.add("vw_preso", 31, alt="2024-03-02 00:00:00.123456", nm="Ação “x” \\ \t", gest=None)
    source = make_source(state)
    by_sql = read_all(source, way=connect_sql)
    assert read_all(use_gateway(source, gateway.port)) == by_sql
    assert by_sql[1].as_json() == [["datetime", "2024-03-02T00:00:00.123456"], ["plain", 31]]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_rows_are_the_same_in_however_small_parts_they_are_worked_on(
    state: State, gateway: Running, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    fill(state, 9)
    # Of one part the column's kind is known, of the next nothing, of another again.
    state.change("vw_preso", 4, gest=None, nm=None)
    state.change("vw_preso", 5, gest=None, nm=None)
    source = make_source(state)
    by_sql = read_all(source, size=100, way=connect_sql)
    monkeypatch.setattr("gateway.stream.PART", rows)
    monkeypatch.setattr("ingestion.transports.gateway.rows.PART", rows)
    monkeypatch.setattr("ingestion.transports.gateway.connection.PART", rows)
    assert read_all(use_gateway(source, gateway.port), size=100) == by_sql


def test_times_with_zone_and_dates_no_driver_holds_come_as_sql_gives_them(state: State, gateway: Running) -> None:
    for cod, alt in enumerate(("2024-03-01 08:00-03", "1900-01-01 00:00+00", "infinity", "-infinity"), start=1):
        state.add("vw_preso_documento", cod, alt=alt)
    source = make_source(state)
    by_sql = read_all(source, "vw_preso_documento", way=connect_sql)
    rows, position = read_all(use_gateway(source, gateway.port), "vw_preso_documento")
    assert ([row[0] for row in rows], position) == ([row[0] for row in by_sql[0]], by_sql[1])


@pytest.mark.parametrize("cut_at", [0, 150, 400, 700])
def test_a_cut_body_is_gone_on_with_and_nothing_comes_twice(state: State, gateway: Running, cut_at: int) -> None:
    fill(state, 40)
    state.add("vw_preso", 99, alt=None)
    source = make_source(state)
    whole = read_all(source, size=7, way=connect_sql)
    # The first connection asks for the health and the view; some of the later ones are cut as well.
    with cutting(gateway.port, lambda number: 300 + cut_at if number < 3 else None) as port:
        assert read_all(use_gateway(source, port), size=7) == whole


def test_what_changes_during_a_cut_does_not_come_twice(
    state: State, gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(state, 3)
    source = use_gateway(make_source(state), gateway.port)
    assert source.mapping
    mapping, pieces = read(source.mapping.text), http._pieces
    seen: list[int] = []

    def cut_once(response: Any) -> Iterator[bytes]:
        lines = b"".join(pieces(response)).splitlines(keepends=True)
        if not response.url.path.endswith("vw_preso") or seen:
            yield b"".join(lines)
            return
        seen.append(1)
        yield b"".join(lines[:3])
        state.change("vw_preso", 1, alt="2024-04-01 00:00")
        raise http.httpx.ReadError("cut")

    monkeypatch.setattr(http, "_pieces", cut_once)
    with connect(source) as connection:
        rows = [row for batch in connection.batches(mapping, "vw_preso", None, 100) for row in batch.rows]
    assert sorted(row[0] for row in rows) == [1, 2, 3]


def test_a_network_that_always_cuts_is_a_passing_problem(state: State, gateway: Running) -> None:
    fill(state, 3)
    source = make_source(state)
    with cutting(gateway.port, lambda _number: 20) as port, pytest.raises(SourceProblem) as caught:
        read_all(use_gateway(source, port))
    assert caught.value.passing


def test_the_whole_line_is_taken_of_a_cut_body_without_trailer() -> None:
    body = Body(VIEW.columns)
    rows = [row for rows in body.feed(b'{"columns":["a"],"until":null}\n[1]\n[2]\n[3') for row in rows]
    assert rows == [[1], [2]]
    with pytest.raises(Exception, match="cortada"):
        body.check()


@pytest.mark.parametrize(
    "line",
    [b"{}", b"[1]", b"nada", b'{"columns":["a"],"until":null}\n[1,', b'{"kinds":["?"]}', b'{"end":true,"rows":7}'],
)
def test_what_is_no_answer_of_a_gateway_is_a_problem_said(line: bytes) -> None:
    with pytest.raises((SourceProblem, Interruption)):
        list(Body(VIEW.columns).feed(line + b"\n"))


def test_a_wrong_token_is_permanent(state: State, gateway: Running) -> None:
    source = use_gateway(make_source(state), gateway.port, token="outro")
    with pytest.raises(SourceProblem, match="não conhece o token") as caught:
        read_all(source)
    assert not caught.value.passing


def test_a_gateway_that_is_away_is_passing(state: State, gateway: Running) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        source = use_gateway(make_source(state), free.getsockname()[1])
        with pytest.raises(SourceProblem, match="Não foi possível falar") as caught:
            read_all(source)
    assert caught.value.passing


def test_a_view_that_was_not_agreed_is_permanent(state: State) -> None:
    views = views_of(read(make_mapping()))
    del views["vw_preso"]
    source = make_source(state)
    with serve(make_config(reader_url(state.name), views)) as running, pytest.raises(SourceProblem) as caught:
        read_all(use_gateway(source, running.port))
    assert "não está entre as acordadas" in caught.value.cause
    assert not caught.value.passing


def test_a_column_that_is_not_shown_is_named(state: State) -> None:
    views = views_of(read(make_mapping()))
    views["vw_preso"] = replace(views["vw_preso"], columns=("cod", "alt"))
    fill(state, 1)
    source = make_source(state)
    with serve(make_config(reader_url(state.name), views)) as running, pytest.raises(SourceProblem, match="“pront”"):
        read_all(use_gateway(source, running.port))


def test_a_lost_grant_is_permanent_and_says_so(state: State, gateway: Running) -> None:
    state.run(f"REVOKE SELECT ON dados.vw_preso FROM {READER}")
    source = use_gateway(make_source(state), gateway.port)
    with pytest.raises(SourceProblem, match="GRANT SELECT") as caught:
        read_all(source)
    assert not caught.value.passing


def test_too_many_requests_are_waited_for(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(state, 1)
    source, waited = make_source(state), []
    config = make_config(reader_url(state.name), views_of(read(make_mapping())), requests_per_minute=1)
    monkeypatch.setattr(http, "sleep", waited.append)
    with serve(config) as running, pytest.raises(SourceProblem) as caught:
        read_all(use_gateway(source, running.port))
    assert caught.value.passing
    assert waited
    assert min(waited) >= 50


def list_keys(source: Source, size: int = 7) -> list[Any]:
    """The keys and moments of the prisoners, as a reconciliation asks for them."""
    assert source.mapping
    with connect(source) as connection:
        batches = list(connection.keys(read(source.mapping.text), "vw_preso", size))
    assert [batch.begins for batch in batches] == [True, *[False] * (len(batches) - 1)]
    assert all(len(batch.rows) <= size for batch in batches)
    return [tuple(row) for batch in batches for row in batch.rows]


def test_keys_are_listed_with_their_moments(state: State, gateway: Running) -> None:
    fill(state, 20)
    state.add("vw_preso", 99, alt=None)
    rows, _ = read_all(make_source(state), way=connect_sql)
    expected = sorted((row[0], row[8]) for row in rows)
    source = Source.objects.get()
    assert list_keys(use_gateway(source, gateway.port)) == expected


def test_an_empty_view_is_listed(state: State, gateway: Running) -> None:
    assert list_keys(use_gateway(make_source(state), gateway.port)) == []


@pytest.mark.parametrize("cut_at", [0, 200, 400])
def test_a_cut_listing_of_keys_is_gone_on_with(state: State, gateway: Running, cut_at: int) -> None:
    fill(state, 60)
    source = make_source(state)
    with cutting(gateway.port, lambda number: 300 + cut_at if number < 3 else None) as port:
        assert [key for key, _ in list_keys(use_gateway(source, port))] == list(range(1, 61))
