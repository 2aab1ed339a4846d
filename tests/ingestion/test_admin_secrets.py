"""A source's named secrets are put, replaced and removed on its page in the admin, and never shown there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentialing.roles import Role
from ingestion.models import Source
from ingestion.services import sources
from tests import doors
from tests.factories.credentialing import make_user
from tests.factories.ingestion import BY
from tests.factories.rest import api_mapping, make_api_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BASE = "https://api.exemplo"
API = {"authentication": {"kind": "api_key", "secret": "chave", "header": "X-Key"}}


@pytest.fixture
def source() -> Source:
    return make_api_source(BASE, api_mapping(BASE, api=API))


@pytest.fixture
def client() -> Client:
    return doors.session(make_user(username="admin.geral", role=Role.GENERAL_ADMIN))


def address(source: Source) -> str:
    return reverse("admin:ingestion_source_change", args=[source.pk])


def send(client: Client, source: Source, **given: Any) -> tuple[int, str]:
    kept = {
        "rule": 3, "host": source.host, "port": source.port, "database": "x", "overlap": "00:15:00",
        "vpn_range": "10.0.0.0/8",
        "spread": "00:30:00", "enabled": "on",
    }  # fmt: skip
    response = client.post(address(source), {**kept, **given})
    return response.status_code, response.content.decode()


def named(source: Source) -> dict[str, str]:
    return Source.objects.get(pk=source.pk).credentials.named


def test_a_missing_secret_is_told_until_it_is_put_in_place(client: Client, source: Source) -> None:
    assert "<strong>chave</strong>: falta" in client.get(address(source)).content.decode()

    status, _ = send(client, source, secret_name="chave", secret_value="valor-secreto")

    shown = client.get(address(source)).content.decode()
    assert status == 302
    assert named(source)["chave"] == "valor-secreto"
    assert "por admin.geral" in shown
    assert "falta" not in shown
    assert "valor-secreto" not in shown


def test_secrets_are_replaced_and_removed_by_name(client: Client, source: Source) -> None:
    for name in ("chave", "cert"):
        sources.put_secret(source=source, name=name, value="antigo", by=BY)

    send(client, source, secret_name="chave", secret_value="novo", secrets_removed=["cert"])

    assert {name: value for name, value in named(source).items() if name in ("chave", "cert")} == {"chave": "novo"}


@pytest.mark.parametrize(
    "given", [{"secret_name": "chave"}, {"secret_value": "v"}, {"secret_name": "Não!", "secret_value": "v"}]
)
def test_half_a_secret_is_refused(client: Client, source: Source, given: dict[str, str]) -> None:
    assert send(client, source, **given)[0] == 200
    assert "chave" not in named(source)


def test_a_refused_form_does_not_give_the_value_back(client: Client, source: Source) -> None:
    status, shown = send(client, source, secret_name="chave", secret_value="valor-secreto", overlap="nada")

    assert status == 200
    assert "valor-secreto" not in shown


def test_saving_the_page_leaves_credentials_that_somebody_wrote_meanwhile(client: Client, source: Source) -> None:
    sources.put_secret(source=source, name="chave", value="k", by=BY)

    status, _ = send(client, source, database="outra")

    assert status == 302
    assert (Source.objects.get(pk=source.pk).database, named(source)["chave"]) == ("outra", "k")


def test_the_mapping_is_changed_on_its_own_page(client: Client, source: Source) -> None:
    shown = client.get(address(source)).content.decode()

    assert "/conectores/AL/mapeamento/" in shown
    assert "mapping_text" not in shown
