"""Each way of saying who we are, and that it is said over verified TLS to the state's server alone."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from ingestion.models import Rule
from ingestion.problems import SourceProblem
from tests.factories.rest import api_mapping, batches, keys, prisoner, unsaved_source
from tests.ingestion.transports.rest.certificates import Authority, Pair, server_context
from tests.ingestion.transports.rest.misbehaving import Asked, Reply, Server

pytestmark = pytest.mark.usefixtures("quick")

GOOD = Reply([prisoner(1)])


def read_as(server: Server, authentication: dict[str, Any], rule: int = Rule.API_VPN, **secrets: str) -> list[Any]:
    api = {"authentication": authentication, "requests_per_second": 1000}
    if "autoridade" in secrets:
        api["authority"] = "autoridade"
    return keys(batches(unsaved_source(server.base, api_mapping(server.base, api=api), rule=rule, **secrets)))


def guarded(server: Server, allowed: Any) -> None:
    server.otherwise = lambda asked: GOOD if allowed(asked) else Reply(b"", 401)


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({"kind": "none"}, lambda asked: "Authorization" not in asked.headers),
        (
            {"kind": "api_key", "secret": "chave", "header": "X-Api-Key"},
            lambda asked: asked.headers.get("X-Api-Key") == "segredo de teste",
        ),
        (
            {"kind": "api_key", "secret": "chave", "header": "Authorization", "prefix": "Bearer "},
            lambda asked: asked.headers["Authorization"] == "Bearer segredo de teste",
        ),
        (
            {"kind": "api_key", "secret": "chave", "query": "token"},
            lambda asked: asked.query == {"token": "segredo de teste"},
        ),
        (
            {"kind": "basic"},
            lambda a: a.headers["Authorization"] == "Basic " + base64.b64encode(b"leitor:senha de teste").decode(),
        ),
    ],
)
def test_each_kind_opens_its_door(server: Server, given: dict[str, Any], allowed: Any) -> None:
    guarded(server, allowed)

    assert read_as(server, given, chave="segredo de teste") == [1]


def test_a_refused_credential_is_said(server: Server) -> None:
    server.always(Reply(b"", 401))

    with pytest.raises(SourceProblem, match="recusou a credencial") as caught:
        read_as(server, {"kind": "basic"})

    assert not caught.value.passing


def test_a_secret_that_was_not_kept_is_named(server: Server) -> None:
    with pytest.raises(SourceProblem, match="“chave”"):
        read_as(server, {"kind": "api_key", "secret": "chave", "header": "X"})


class Tokens:
    """An OAuth 2.0 server and the API behind it."""

    def __init__(self, server: Server) -> None:
        self.server, self.issued, self.life = server, 0, 3600
        server.otherwise = self.answer

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/token":
            self.issued += 1
            return Reply({"access_token": f"t{self.issued}", "expires_in": self.life, "token_type": "Bearer"})
        if asked.headers.get("Authorization") != f"Bearer t{self.issued}":
            return Reply(b"", 401)
        return Reply([prisoner(int(asked.query["page"]))] if int(asked.query["page"]) < 4 else [])

    def read(self, **given: Any) -> list[Any]:
        token = {"kind": "oauth2", "token_address": f"{self.server.base}/token", **given}
        api = {"authentication": token, "requests_per_second": 1000, "pagination": {"kind": "page", "stable": True}}
        return keys(batches(unsaved_source(self.server.base, api_mapping(self.server.base, api=api))))


def test_one_token_serves_a_whole_reading(server: Server) -> None:
    tokens = Tokens(server)

    assert tokens.read(scope="leitura") == [1, 2, 3]
    assert tokens.issued == 1
    assert parse_qs(server.asked[0].body) == {"grant_type": ["client_credentials"], "scope": ["leitura"]}
    assert server.asked[0].headers["Authorization"].startswith("Basic ")


def test_a_token_that_expires_is_renewed(server: Server) -> None:
    tokens = Tokens(server)
    tokens.life = 1

    assert tokens.read() == [1, 2, 3]
    assert tokens.issued == 4


def test_a_token_refused_before_its_end_is_renewed_once(server: Server) -> None:
    tokens = Tokens(server)
    tokens.server.otherwise = lambda asked: (
        Reply(b"", 401) if asked.headers.get("Authorization") == "Bearer t1" else tokens.answer(asked)
    )

    assert tokens.read() == [1, 2, 3]
    assert tokens.issued == 2


def test_the_client_may_be_named_in_the_body(server: Server) -> None:
    Tokens(server).read(sent_in="body")

    assert parse_qs(server.asked[0].body)["client_id"] == ["leitor"]
    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("bad", [Reply(b"", 400), Reply({"erro": 1}), Reply(b"<html>"), Reply({"access_token": None})])
def test_a_token_that_does_not_come_is_said(server: Server, bad: Reply) -> None:
    tokens = Tokens(server)
    server.always(bad)

    with pytest.raises(SourceProblem, match="servidor de tokens"):
        tokens.read()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def secure(authority: Authority, tmp_path: Path) -> Iterator[Server]:
    """An API whose certificate a private authority signed, and which asks for ours."""
    with Server(server_context(authority.issue(), tmp_path, clients_of=authority)) as made:
        made.always(GOOD)
        yield made


MTLS = {"kind": "mtls", "certificate": "cert", "key": "chave"}


def pem(authority: Authority, pair: Pair) -> dict[str, str]:
    return {"autoridade": authority.certificate, "cert": pair.certificate, "chave": pair.key}


def test_a_client_certificate_opens_an_api_that_asks_for_one(secure: Server, authority: Authority) -> None:
    secrets = pem(authority, authority.issue("senappen"))

    assert read_as(secure, MTLS, Rule.API_INTERNET, **secrets) == [1]


def test_an_api_that_asks_for_a_certificate_refuses_who_has_none(secure: Server, authority: Authority) -> None:
    with pytest.raises(SourceProblem):
        read_as(secure, {"kind": "none"}, autoridade=authority.certificate)


def test_a_key_of_another_certificate_is_said(secure: Server, authority: Authority) -> None:
    secrets = {**pem(authority, authority.issue()), "chave": authority.issue().key}

    with pytest.raises(SourceProblem, match="não são PEM válidos ou não formam par"):
        read_as(secure, MTLS, **secrets)


@pytest.mark.parametrize(
    ("host", "life", "known", "words"),
    [
        ("localhost", timedelta(days=-1), True, "venceu"),
        ("api.exemplo", timedelta(days=1), True, "outro nome"),
        ("localhost", timedelta(days=1), False, "autoridade reconhecida"),
    ],
)
def test_a_certificate_that_cannot_be_trusted_stops_the_load(
    authority: Authority, tmp_path: Path, host: str, life: timedelta, known: bool, words: str
) -> None:
    with Server(server_context(authority.issue(host, life=life), tmp_path)) as server:
        server.always(GOOD)
        with pytest.raises(SourceProblem, match=words) as caught:
            read_as(server, {"kind": "none"}, **({"autoridade": authority.certificate} if known else {}))

    assert not caught.value.passing
    assert server.asked == []


def test_through_the_internet_nothing_is_read_in_the_clear(server: Server, settings: Any) -> None:
    settings.LOOPBACK_SOURCES = False

    with pytest.raises(SourceProblem, match="só é lida por https"):
        read_as(server, {"kind": "none"}, Rule.API_INTERNET)

    assert server.asked == []


def test_a_fictitious_state_on_this_machine_may_be_read_in_the_clear(server: Server) -> None:
    server.always(GOOD)

    assert read_as(server, {"kind": "none"}, Rule.API_INTERNET) == [1]


def test_a_mapping_cannot_take_the_secrets_to_another_server(server: Server) -> None:
    source = unsaved_source("http://localhost:1", api_mapping(server.base))

    with pytest.raises(SourceProblem, match="não são os da fonte"):
        batches(source)

    assert server.asked == []
