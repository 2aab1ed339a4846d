"""A card fails alone: in the page, by itself, in the API."""

import logging
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from audit.events import Kind
from consulta.profile import cards
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_purpose


def fail(monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    """Make the card's selector raise with personal data in the message."""

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("ANA SEGREDO 048.123.456-17")

    card = cards.CARDS[slug]
    monkeypatch.setitem(cards.CARDS, slug, replace(card, read=broken))


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.parametrize("slug", ["situacao", "identificacao", "visitantes", "movimentacoes", "fontes"])
def test_the_page_lives_and_the_card_says_it_failed(agent: Client, monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    prisoner = make.make_prisoner(name="PESSOA DA PÁGINA")
    fail(monkeypatch, slug)
    answer = agent.get(f"/pessoas/{prisoner.person.public_id}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "PESSOA DA PÁGINA" in page
    assert page.count("Não foi possível mostrar esta parte") == 1
    assert answer["X-Request-ID"] in page
    [event] = recorded(Kind.DISCLOSURE)
    assert slug not in event.detail["fields"]


@pytest.mark.django_db(databases=["default", "audit"])
def test_the_log_names_the_kind_of_failure_and_nobody(
    agent: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    prisoner = make.make_prisoner()
    fail(monkeypatch, "visitantes")
    with caplog.at_level(logging.ERROR):
        agent.get(f"/pessoas/{prisoner.person.public_id}/")
    assert "RuntimeError" in caplog.text
    assert "SEGREDO" not in caplog.text


@pytest.mark.django_db(databases=["default", "audit"])
def test_the_api_names_the_part_that_failed(program: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    prisoner = make.make_prisoner()
    fail(monkeypatch, "visitantes")
    answer = program.get(f"/api/v1/people/{prisoner.person.public_id}/").json()
    assert answer["failed"] == ["visitors"]
    assert "visitors" not in answer
    assert answer["identity"]["name"]["text"] == prisoner.name


@pytest.mark.usefixtures("committed")
def test_a_query_that_the_database_refuses_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    purpose = make_purpose()
    agent = doors.session(purpose.user, purpose)
    link = make.make_link(visitor=make.make_visitor(name="VISITANTE OCULTA"))
    case = make.make_case(prisoner=link.prisoner, court="Vara Visível")
    monkeypatch.setattr("registry.selectors.people.visitors._VISITORS", "SELECT * FROM tabela_que_nao_existe")
    page = agent.get(f"/pessoas/{case.prisoner.person.public_id}/").content.decode()
    assert "Vara Visível" in page
    assert "VISITANTE OCULTA" not in page
    assert page.count("Não foi possível mostrar esta parte") == 1
