"""Rule 2 with TLS: each side shows a certificate of an authority that the other trusts, or nothing is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gateway.config import Tls
from ingestion.mapping.reading import read
from ingestion.problems import SourceProblem
from ingestion.transports.gateway import client as http
from senappen.embedded.certificates import Authority
from tests.factories.gateway import Running, make_config, reader_url, serve, views_of
from tests.factories.ingestion import State, make_mapping, make_source
from tests.ingestion.transports.test_gateway import fill, read_all, use_gateway

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "sleep", lambda _seconds: None)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def secrets_of(authority: Authority) -> dict[str, str]:
    certificate, key = authority.issue()
    return {"authority": authority.pem, "certificate": certificate, "key": key}


@contextmanager
def with_tls(state: State, folder: Path, authority: Authority, days: int = 1) -> Iterator[Running]:
    tls = Tls(**authority.write(folder, days=days))
    with serve(make_config(reader_url(state.name), views_of(read(make_mapping())), tls=tls)) as running:
        yield running


def test_both_certificates_open_the_way(state: State, tmp_path: Path, authority: Authority) -> None:
    fill(state, 2)
    source = make_source(state)
    with with_tls(state, tmp_path, authority) as running:
        rows, _ = read_all(use_gateway(source, running.port, **secrets_of(authority)))
    assert len(rows) == 2


@pytest.mark.parametrize("certificate", ["none", "of another authority"])
def test_without_our_certificate_the_gateway_is_closed(
    state: State, tmp_path: Path, authority: Authority, certificate: str
) -> None:
    secrets = {"authority": authority.pem}
    if certificate != "none":
        secrets = {**secrets_of(Authority("Outra CA")), **secrets}
    source = make_source(state)
    with with_tls(state, tmp_path, authority) as running, pytest.raises(SourceProblem) as caught:
        read_all(use_gateway(source, running.port, **secrets))
    assert "certificado de cliente" in caught.value.cause


def test_a_gateway_with_another_authority_is_not_believed(state: State, tmp_path: Path, authority: Authority) -> None:
    source = make_source(state)
    with with_tls(state, tmp_path, Authority("Outra CA")) as running, pytest.raises(SourceProblem) as caught:
        read_all(use_gateway(source, running.port, **secrets_of(authority)))
    assert "não confere com a CA" in caught.value.cause


def test_an_expired_certificate_is_named(state: State, tmp_path: Path, authority: Authority) -> None:
    source = make_source(state)
    with with_tls(state, tmp_path, authority, days=-1) as running, pytest.raises(SourceProblem) as caught:
        read_all(use_gateway(source, running.port, **secrets_of(authority)))
    assert "venceu" in caught.value.cause
