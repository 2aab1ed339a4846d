"""An API that is slow, broken or changed: what passes is waited for, the rest is said."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from ingestion.problems import SourceProblem
from ingestion.transports.rest import client
from tests.factories.rest import api_mapping, batches, keys, prisoner, unsaved_source
from tests.ingestion.transports.rest.misbehaving import Reply, Server

pytestmark = pytest.mark.usefixtures("quick")

GOOD = Reply([prisoner(1), prisoner(2)])


def read_from(server: Server, **api: Any) -> list[Any]:
    mapping = api_mapping(server.base, api={"requests_per_second": 1000, **api})
    return keys(batches(unsaved_source(server.base, mapping)))


def problem(server: Server, **api: Any) -> SourceProblem:
    with pytest.raises(SourceProblem) as caught:
        read_from(server, **api)
    return caught.value


@pytest.mark.parametrize(
    "bad",
    [
        Reply(b"", 500),
        Reply(b"", 502),
        Reply(b"", 503, {"Retry-After": "0"}),
        Reply(b"", 429, {"Retry-After": "0"}),
        Reply(b'[{"cod": 1, "nm": "JO', promised=500),
        Reply(b'[{"cod": 1, "nm": "JO'),
        Reply(b"<html>em manutencao</html>"),
        Reply(b"\x1f\x8b quebrado", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_passes_is_asked_again(server: Server, bad: Reply) -> None:
    server.replies = [bad, bad, GOOD]

    assert read_from(server) == [1, 2]
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("bad", "words", "passing"),
    [
        (Reply(b"", 500), "falhou (500)", True),
        (Reply(b"", 429), "requests_per_second", True),
        (Reply(b'[{"cod": 1', promised=9), "pela metade", True),
        (Reply(b"", 400), "não aceitou o pedido (400)", False),
        (Reply(b"", 401), "recusou a credencial", False),
        (Reply(b"", 403), "negou o acesso", False),
        (Reply(b"", 404), "não existe mais", False),
        (Reply(b"", 302, {"Location": "http://localhost/entrar"}), "endereço final", False),
        (Reply(b"", 204), "respondeu 204", False),
        (Reply(b"<html>Entre com sua senha</html>"), "não é JSON", False),
        (Reply(b""), "não é JSON", False),
        (Reply({"erro": None}), "lista de registros na própria resposta", False),
        (Reply([1, 2]), "não são objetos", False),
        (Reply([{"codigo": 1, "alt": "2024-03-01"}]), "Nenhum registro da API tem o campo “cod”", False),
        (Reply([{"cod": 1}]), "Nenhum registro da API tem o campo “alt”", False),
        (Reply(b"[" * 100_000), "pela metade", True),
    ],
)
def test_what_does_not_pass_is_said_with_what_to_do(server: Server, bad: Reply, words: str, passing: bool) -> None:
    server.always(bad)

    found = problem(server)

    assert words in found.cause
    assert found.passing is passing


def test_permanent_problems_are_not_asked_twice(server: Server) -> None:
    server.always(Reply(b"", 403))

    problem(server)

    assert len(server.asked) == 1


def test_the_api_says_how_long_to_wait(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(client.time, "sleep", slept.append)
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    server.replies = [Reply(b"", 429, {"Retry-After": "7"}), Reply(b"", 503, {"Retry-After": later}), GOOD]

    assert read_from(server) == [1, 2]
    waits = [seconds for seconds in slept if seconds >= 1]
    assert waits[0] == 7
    assert 60 < waits[1] <= 90


def test_a_wait_longer_than_patience_stops_the_load_for_later(server: Server) -> None:
    server.always(Reply(b"", 503, {"Retry-After": "3600"}))

    assert problem(server).passing
    assert len(server.asked) == 1


def test_an_answer_that_drips_does_not_outlast_the_timeout(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ATTEMPTS", 1)
    server.always(Reply([prisoner(1)], drip=0.1))

    found = problem(server, timeout=1)

    assert "api.timeout" in found.cause
    assert found.passing


def test_an_answer_too_large_to_hold_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_BYTES", 1 << 20)
    server.always(Reply(b"[" + b" " * (2 << 20) + b"]"))

    assert "reduza page_size" in problem(server).cause


def test_nobody_there_is_said_and_passes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    base = server.base
    server.server_close()

    with pytest.raises(SourceProblem, match="Não foi possível falar") as caught:
        batches(unsaved_source(base, api_mapping(base)))

    assert caught.value.passing


def test_the_causes_hold_nothing_of_the_answers(server: Server) -> None:
    server.always(Reply({"erro": "JOSÉ INVENTADO DA SILVA"}, 400))

    assert "INVENTADO" not in problem(server).cause


def test_requests_keep_the_pace_the_state_asks_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(client.time, "sleep", slept.append)
    server.replies = [Reply([prisoner(1)]), Reply([prisoner(2)]), Reply([])]

    read_from(server, requests_per_second=0.5, pagination={"kind": "page", "stable": True})

    assert len(slept) == 2
    assert 1 < slept[0] <= 2 < slept[1] <= 4
