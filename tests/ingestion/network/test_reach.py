"""A name is asked of the DNS once, and what was checked is what is dialled: by SQL, by the gateway and by an API."""

import socket
from typing import Any

import pytest

from ingestion.mapping.reading import read
from ingestion.models import Credentials, MappingVersion, Rule, Source
from ingestion.network import reach
from ingestion.problems import SourceProblem
from ingestion.transports.registry import transport_for
from tests.factories.ingestion import State, make_mapping, make_source
from tests.factories.rest import api_mapping, batches, keys, prisoner, unsaved_source
from tests.ingestion.transports.rest.misbehaving import Reply, Server

NAME = "banco.estado.exemplo"
Answers = list[list[str]]


class Dns:
    """Gives one list of addresses after the other for the state's name, and counts the questions."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.questions, self._ask = answers, 0, socket.getaddrinfo

    def __call__(self, host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host != NAME:
            return self._ask(host, port, *rest, **named)
        found = self.answers[min(self.questions, len(self.answers) - 1)]
        self.questions += 1
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]


@pytest.fixture
def dns(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Dns:
    made = Dns(getattr(request, "param", [["127.0.0.1"], ["10.9.9.9"]]))
    monkeypatch.setattr(socket, "getaddrinfo", made)
    return made


def source_of(rule: int, vpn_range: str = "10.20.0.0/16") -> Source:
    return Source(rule=rule, host=NAME, port=5432, vpn_range=vpn_range)


@pytest.mark.parametrize(
    ("dns", "rule", "words"),
    [
        ([["200.1.1.1"]], 1, "fora da faixa da VPN"),
        ([["10.20.0.1", "200.1.1.1"]], 2, "fora da faixa da VPN"),
        ([["169.254.169.254"]], 3, "fora da faixa da VPN"),
        ([["10.20.0.1"]], 4, "não é público"),
        ([["200.1.1.1", "127.0.0.1"]], 5, "não é público"),
    ],
    indirect=["dns"],
)
def test_a_name_that_leads_elsewhere_is_refused_for_good(dns: Dns, rule: int, words: str, settings: Any) -> None:
    settings.LOOPBACK_SOURCES = False
    with pytest.raises(SourceProblem, match=words) as caught:
        reach.addresses(source_of(rule), NAME, 5432)

    assert not caught.value.passing


@pytest.mark.parametrize("dns", [[["10.20.0.9", "10.20.0.1"]]], indirect=True)
def test_every_address_of_the_range_may_be_dialled(dns: Dns) -> None:
    assert reach.addresses(source_of(1), NAME, 5432) == ("10.20.0.1", "10.20.0.9")


@pytest.mark.parametrize("dns", [[[]]], indirect=True)
def test_a_name_nobody_knows_may_be_known_later(dns: Dns) -> None:
    with pytest.raises(SourceProblem, match="DNS") as caught:
        reach.addresses(source_of(1), NAME, 5432)

    assert caught.value.passing


@pytest.mark.django_db(databases=["default", "audit"])
def test_by_sql_what_was_checked_is_dialled(dns: Dns, state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state, host=NAME, vpn_range="127.0.0.0/8")

    with transport_for(Rule.SQL_VPN)(source) as connection:
        [batch] = list(connection.batches(read(make_mapping()), "vw_preso", None, 10))

    assert len(batch.rows) == 1
    assert dns.questions == 1


def api_source(server: Server, rule: int = Rule.API_VPN, **api: Any) -> Source:
    base = server.base.replace("localhost", NAME)
    source = unsaved_source(base, api_mapping(base, api={"requests_per_second": 1000, **api}), rule=rule)
    source.vpn_range = "127.0.0.0/8"
    return source


def test_by_http_what_was_checked_is_dialled(dns: Dns) -> None:
    with Server() as server:
        server.always(Reply([prisoner(1)]))

        assert keys(batches(api_source(server))) == [1]

    assert dns.questions == 1
    assert server.asked[0].headers["Host"].startswith(NAME)


@pytest.mark.parametrize("dns", [[["10.9.9.9"]]], indirect=True)
def test_by_http_another_address_is_not_dialled(dns: Dns) -> None:
    with Server() as server, pytest.raises(SourceProblem, match="fora da faixa da VPN"):
        batches(api_source(server))


def test_a_token_server_is_held_to_the_range_too() -> None:
    token = {"kind": "oauth2", "token_address": "http://169.254.169.254/token", "client_id": "username"}
    token |= {"client_secret": "password"}
    with Server() as server:
        source = unsaved_source(server.base, api_mapping(server.base, api={"authentication": token}))
        with pytest.raises(SourceProblem, match="fora da faixa da VPN"):
            batches(source)

    assert server.asked == []


def test_a_redirection_is_not_followed() -> None:
    with Server() as server:
        server.always(Reply(b"", 302, {"Location": "http://169.254.169.254/"}))
        source = unsaved_source(server.base, api_mapping(server.base, api={"requests_per_second": 1000}))
        with pytest.raises(SourceProblem, match="manda a outro endereço"):
            batches(source)

    assert len(server.asked) == 1


@pytest.mark.parametrize("dns", [[["10.9.9.9"]]], indirect=True)
def test_a_gateway_outside_the_range_is_not_dialled(dns: Dns) -> None:
    source = Source(pk=1, rule=Rule.GATEWAY, host=NAME, port=8443, vpn_range="10.20.0.0/16")
    source.mapping = MappingVersion(pk=1, text=make_mapping())
    source.seal(Credentials("senappen", "t"))

    with pytest.raises(SourceProblem, match="fora da faixa da VPN"), transport_for(Rule.GATEWAY)(source):
        pass
