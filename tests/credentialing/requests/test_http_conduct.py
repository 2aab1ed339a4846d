"""The conduct check against a real server that behaves badly: an answer, or none, and never a person in a log."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from credentialing.requests import http_conduct
from credentialing.requests.conduct import Answer, Subject, Unavailable, service
from senappen.embedded.certificates import Authority
from tests.factories import conduct as plays
from tests.factories.tls import server_context

CPF = "04812345617"
ABOUT = Subject(request="6a1f", cpf=CPF, full_name="Pessoa Inventada")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(http_conduct, "FIRST_WAIT_S", 0.01)
    with override_settings(CONDUCT_TIMEOUT=0.3, CONDUCT_PLAIN=True, CONDUCT_TOKEN="segredo", **SERVICE):
        yield


SERVICE = {"CONDUCT_SERVICE": "credentialing.requests.http_conduct.HttpConduct"}


def ask(server: plays.Conductor, scheme: str = "http") -> Answer:
    with override_settings(CONDUCT_URL=f"{scheme}://127.0.0.1:{server.server_port}/conduta"):
        return service().ask(ABOUT)


def test_nothing_known_and_notes_are_the_two_answers() -> None:
    with plays.conductor(plays.clear) as server:
        assert ask(server) == Answer(reference=plays.REFERENCE)
    with plays.conductor(plays.notes) as server:
        assert ask(server) == Answer(reference=plays.REFERENCE, notes=("Sindicância em curso.",))


def test_the_person_goes_in_the_body_and_the_token_in_a_header() -> None:
    with plays.conductor() as server:
        ask(server)
    assert server.bodies == [{"request": "6a1f", "cpf": CPF, "name": "Pessoa Inventada"}]
    assert (server.paths, server.tokens) == (["/conduta"], ["Bearer segredo"])


def test_a_service_without_token_is_sent_none() -> None:
    with plays.conductor() as server, override_settings(CONDUCT_TOKEN=""):
        ask(server)
    assert server.tokens == [None]


@pytest.mark.parametrize("passing", [plays.slow, plays.half, plays.silent, plays.status(500), plays.status(429)])
def test_what_passes_is_asked_again(passing: Any) -> None:
    with plays.conductor(passing, passing, plays.clear) as server:
        assert ask(server).reference == plays.REFERENCE
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    ("behaviour", "cause", "times"),
    [
        (plays.slow, "timeout", 3),
        (plays.dripping, "timeout", 3),
        (plays.half, "network", 3),
        (plays.silent, "network", 3),
        (plays.status(500), "failing", 3),
        (plays.status(503), "failing", 3),
        (plays.status(401), "refused", 1),
        (plays.status(302), "refused", 1),
        (plays.status(204), "refused", 1),
        (plays.endless, "answer", 1),
        (plays.raw(b""), "answer", 1),
        (plays.raw(b"<html>manutencao</html>"), "answer", 1),
        (plays.raw(b'{"request": "6a1f", "outcome": "clear"'), "answer", 1),
        (plays.raw(b"[]"), "answer", 1),
        (plays.raw(b"\xff\xfe"), "answer", 1),
        (plays.body(outcome="CLEAR"), "answer", 1),
        (plays.body(outcome=True), "answer", 1),
        (plays.body(outcome=None), "answer", 1),
        (plays.body(notes=None), "answer", 1),
        (plays.body(notes=["há"]), "answer", 1),  # clear, and yet with notes
        (plays.body(outcome="notes"), "answer", 1),  # notes, and yet none
        (plays.body(notes=["x"] * 21, outcome="notes"), "answer", 1),
        (plays.body(reference=""), "answer", 1),
        (plays.body(request="another"), "answer", 1),
        (plays.body(request=None), "answer", 1),
        (plays.body(extra="field"), "answer", 1),
    ],
)
def test_everything_else_is_no_answer(behaviour: Any, cause: str, times: int) -> None:
    with plays.conductor(behaviour) as server, pytest.raises(Unavailable) as silence:
        ask(server)
    assert (silence.value.cause, len(server.bodies)) == (cause, times)


def test_a_server_that_is_not_there_is_no_answer() -> None:
    with plays.conductor() as server:
        pass
    with pytest.raises(Unavailable, match="network"):
        ask(server)


def test_without_a_service_there_is_no_answer() -> None:
    with (
        override_settings(CONDUCT_SERVICE="credentialing.requests.conduct.Unset"),
        pytest.raises(Unavailable, match="unset"),
    ):
        service().ask(ABOUT)


@pytest.mark.parametrize(
    "address", ["http://exemplo.invalido/", "ftp://127.0.0.1/", "", "http://[", "http://127.0.0.1/"]
)
def test_plain_text_and_nonsense_are_refused_before_anything_is_sent(address: str) -> None:
    with override_settings(CONDUCT_URL=address, CONDUCT_PLAIN=False), pytest.raises(Unavailable, match="refused"):
        service().ask(ABOUT)


class TestTls:
    """The server's certificate is verified."""

    def test_one_that_our_authority_issued_is_trusted(self, tmp_path: Any) -> None:
        authority = Authority("Autoridade inventada")
        (tmp_path / "ca.pem").write_text(authority.pem)
        context = server_context(authority.issue(days=1, host="127.0.0.1"))
        with plays.conductor(context=context) as server, override_settings(CONDUCT_CA_FILE=str(tmp_path / "ca.pem")):
            assert ask(server, "https").reference == plays.REFERENCE

    @pytest.mark.parametrize("host", ["127.0.0.1", "outro.exemplo"])
    def test_anothers_or_another_hosts_is_not(self, host: str, tmp_path: Any) -> None:
        trusted, stranger = Authority("Uma"), Authority("Outra")
        (tmp_path / "ca.pem").write_text(trusted.pem)
        issuer = stranger if host == "127.0.0.1" else trusted
        context = server_context(issuer.issue(days=1, host=host))
        with (
            plays.conductor(context=context) as server,
            override_settings(CONDUCT_CA_FILE=str(tmp_path / "ca.pem")),
            pytest.raises(Unavailable, match="network"),
        ):
            ask(server, "https")
        assert server.bodies == []

    def test_an_authority_that_is_not_there_sends_nothing(self) -> None:
        with (
            plays.conductor() as server,
            override_settings(CONDUCT_CA_FILE="/nowhere/ca.pem"),
            pytest.raises(Unavailable, match="refused"),
        ):
            ask(server)
        assert server.bodies == []


@pytest.mark.parametrize("behaviour", [plays.clear, plays.status(500), plays.raw(b"{"), plays.half, plays.body(x=CPF)])
def test_no_log_and_no_exception_holds_the_person(behaviour: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = repr(ABOUT)
    with plays.conductor(behaviour) as server:
        try:
            ask(server)
        except Unavailable as silence:
            said += repr(silence) + repr(silence.__cause__)
    said += caplog.text + "".join(str(record.args) for record in caplog.records)
    assert CPF not in said
    assert "Inventada" not in said
