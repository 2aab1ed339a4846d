"""The administration opens sources, watches loads, and sees a rejected row on its own page alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AccessEvent
from credentialing.roles import Role
from ingestion.models import Load, LoadStatus, Rejection, RejectionStatus, Source
from senappen.embedded.certificates import Authority
from tests import doors
from tests.factories.credentialing import make_user
from tests.factories.ingestion import BY, PASSWORD, READER, State, load, make_mapping, make_source, with_field
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def client() -> Client:
    return doors.session(make_user(role=Role.GENERAL_ADMIN))


def page(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(f"admin:ingestion_{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_a_source_is_opened_in_the_admin_and_loads(client: Client, state: State) -> None:
    state.add("vw_preso", 1)
    given = {
        "origin": make_origin("AL").pk, "rule": 1, "dialect": "postgresql", "host": "127.0.0.1",
        "port": make_source(state, origin=make_origin("PE"), mapping=make_mapping("PE")).port,
        "database": state.name, "username": READER, "password": PASSWORD, "overlap": "00:15:00",
        "spread": "00:30:00", "enabled": "on", "mapping_text": make_mapping(), "certificates-TOTAL_FORMS": 0,
        "certificates-INITIAL_FORMS": 0,
    }  # fmt: skip

    response = client.post(reverse("admin:ingestion_source_add"), given)

    assert response.status_code == 302, response.content.decode()
    source = Source.objects.get(origin__code="AL")
    assert load(source).status == LoadStatus.FINISHED


def test_a_wrong_mapping_is_refused_with_every_problem(client: Client, state: State) -> None:
    given = {
        "origin": make_origin("AL").pk, "rule": 1, "dialect": "postgresql", "host": "x", "port": 1, "database": "x",
        "username": "u", "password": "p", "overlap": "00:15:00", "spread": "00:30:00",
        "mapping_text": make_mapping(timezone="Alagoas", repair=["nada"]),
    }  # fmt: skip

    response = client.post(reverse("admin:ingestion_source_add"), given)

    assert response.status_code == 200
    shown = response.content.decode()
    assert "America/Maceio" in shown
    assert "trim, mojibake" in shown
    assert not Source.objects.exists()


def test_credentials_go_in_and_never_come_out(client: Client, state: State) -> None:
    shown = page(client, "source_change", make_source(state).pk)

    assert PASSWORD not in shown
    assert READER not in shown


def test_a_load_shows_its_progress_view_by_view(client: Client, state: State) -> None:
    state.add("vw_preso", 1)
    done = load(make_source(state))

    assert "3/3" in page(client, "load_changelist")
    assert "vw_preso_documento" in page(client, "load_change", done.pk)


def test_the_content_of_a_rejected_row_is_on_its_own_page_alone(client: Client, state: State) -> None:
    state.add("vw_preso", 1, nasc="ontem")
    load(make_source(state))

    assert "INVENTADO" not in page(client, "rejection_changelist")
    assert "JOSÉ INVENTADO DA SILVA" in page(client, "rejection_change", Rejection.objects.get().pk)


def test_the_quarantine_is_reprocessed_from_its_list(client: Client, state: State) -> None:
    from ingestion.services import mappings

    state.add("vw_preso", 1, nasc="1990-02-28")
    source = make_source(state)
    load(source)
    iso = with_field("vw_preso", "dt_nascimento", {"column": "nasc", "format": "%Y-%m-%d"})
    mappings.put_in_use(source=source, text=make_mapping(views=iso), by=BY)
    asked = {"action": "reprocess", "_selected_action": [Rejection.objects.get().pk]}

    response = client.post(reverse("admin:ingestion_rejection_changelist"), asked, follow=True)

    assert "1 irão na próxima carga" in response.content.decode()
    assert Rejection.objects.get().status == RejectionStatus.WAITING


def test_a_load_is_asked_for_from_the_list(client: Client, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.services.loads.enqueue", lambda _: None)
    source = make_source(state)
    asked = {"action": "load_now", "_selected_action": [source.pk]}

    client.post(reverse("admin:ingestion_source_changelist"), asked)

    assert Load.objects.get().status == LoadStatus.QUEUED


def test_a_wrong_form_of_a_new_source_does_not_crash(client: Client) -> None:
    response = client.post(reverse("admin:ingestion_source_add"), {"origin": "x", "rule": 5, "mapping_text": "a: ["})

    assert response.status_code == 200


def changed(client: Client, source: Source, **given: Any) -> str:
    """What the page says to a change; empty when it was taken."""
    whole = {
        "rule": source.rule, "dialect": "postgresql", "host": source.host, "port": source.port,
        "database": source.database, "overlap": "00:15:00", "spread": "00:30:00", "enabled": "on",
        "mapping_text": make_mapping(), "certificates-TOTAL_FORMS": 0, "certificates-INITIAL_FORMS": 0, **given,
    }  # fmt: skip
    response = client.post(reverse("admin:ingestion_source_change", args=[source.pk]), whole)
    return "" if response.status_code == 302 else response.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rule": 5}, "guarde o certificado da autoridade"),
        ({"rule": 5, "authority": "CA"}, "Não é um certificado em PEM"),
        ({"rule": 5, "dialect": "firebird", "authority": Authority().pem}, "Firebird cifra a conexão sem verificar"),
        ({"host": "10.1.2.3"}, "Informe a faixa de endereços da VPN"),
        ({"host": "10.1.2.3", "vpn_range": "10.20.0.0/16"}, "fora da faixa da VPN"),
        ({"vpn_range": "0.0.0.0/0"}, "não é faixa de VPN"),
        ({"client_certificate": Authority().pem}, "não são PEM válidos"),
    ],
)
def test_what_a_rule_lacks_is_said_on_the_form(client: Client, state: State, given: Any, words: str) -> None:
    source = make_source(state)

    assert words in changed(client, source, **given)
    assert Source.objects.get().rule == source.rule


def test_a_change_of_rule_in_the_admin_is_taken_and_audited(client: Client, state: State) -> None:
    source = make_source(state)

    assert changed(client, source, rule=5, authority=Authority().pem) == ""

    assert Source.objects.get().rule == 5
    assert AccessEvent.objects.get(action="source.rule").detail["from"] == 1


def test_a_client_key_goes_in_and_never_comes_out(client: Client, state: State) -> None:
    source = make_source(state)
    certificate, key = Authority().issue()

    assert changed(client, source, client_certificate=certificate, client_key=key) == ""

    assert Source.objects.get().credentials.secrets["key"].split() == key.split()
    assert "PRIVATE KEY" not in page(client, "source_change", source.pk)


def test_a_client_key_does_not_come_back_with_a_refused_form(client: Client, state: State) -> None:
    certificate, _ = Authority().issue()
    _, key = Authority().issue()

    shown = changed(client, make_source(state), client_certificate=certificate, client_key=key)

    assert "não é desta chave" in shown
    assert "PRIVATE KEY" not in shown
