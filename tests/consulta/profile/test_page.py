"""The profile page, through the gate."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from audit.recorder import AuditUnavailable
from registry.models import Record
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = timezone.now()


def address(record: Record, part: str = "") -> str:
    return f"/pessoas/{record.person.public_id}/{part}"


def text_of(client: Client, record: Record, part: str = "") -> str:
    answer = client.get(address(record, part))
    assert answer.status_code == 200
    return answer.content.decode()


def test_shows_name_mother_and_place(agent: Client) -> None:
    prisoner = make.make_prisoner(name="JOSÉ CARLOS DA SILVA", mother_name="MARIA APARECIDA")
    unit = make.make_unit(name="Presídio de Teste", origin=prisoner.origin)
    make.make_custody(prisoner=prisoner, unit=unit, wing="2", cell="14")
    page = text_of(agent, prisoner)
    for text in ("JOSÉ CARLOS DA SILVA", "MARIA APARECIDA", "Presídio de Teste", "Pavilhão 2 · Cela 14"):
        assert text in page


def test_movements_of_two_states_are_in_one_timeline(agent: Client) -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    for prisoner, days in ((here, 400), (there, 100)):
        since = NOW - timedelta(days=days)
        make.make_custody(prisoner=prisoner, started_at=since, ended_at=since + timedelta(days=50))
        make.make_movement(prisoner=prisoner, occurred_at=since, kind="0471")
    timeline = text_of(agent, here, "movimentacoes/")
    assert timeline.count("0471 (código da origem)") == 2
    for code in ("AL", "PE"):
        assert f'<span class="source">{code}</span>' in timeline
        assert f">{code}</text>" in timeline


def test_custody_in_two_states_is_said_at_the_top(agent: Client) -> None:
    here = make.make_prisoner()
    there = make.make_prisoner(person=here.person, origin=make.make_origin("PE"))
    make.make_custody(prisoner=here)
    make.make_custody(prisoner=there)
    page = text_of(agent, here)
    assert "Custódia em dois estados ao mesmo tempo." in page
    assert "Situação em conflito" in page


def test_the_copy_text_has_name_rji_and_unit(agent: Client) -> None:
    prisoner = make.make_prisoner(name="ANA LIMA", rji="18012345678")
    make.make_custody(prisoner=prisoner, unit=make.make_unit(name="Presídio X"))
    assert 'data-copy="ANA LIMA · 180123456-78 · Presídio X"' in text_of(agent, prisoner)


def test_the_disclosure_names_everyone_shown_the_profile_s_person_first(agent: Client) -> None:
    prisoner = make.make_prisoner()
    link = make.make_link(prisoner=prisoner)
    other = make.make_link(visitor=link.visitor).prisoner
    client = make.make_client(prisoner=prisoner)
    custody = make.make_custody(prisoner=prisoner, wing="1", cell="1")
    mate = make.make_custody(unit=custody.unit, wing="1", cell="1").prisoner
    text_of(agent, prisoner)
    [event] = recorded(Kind.DISCLOSURE)
    expected = [prisoner, link.visitor, other, client.lawyer, mate]
    assert event.subjects == [record.person.public_id for record in expected]
    assert event.detail["fields"][0] == "perfil"
    assert "advogados" in event.detail["fields"]


def test_the_intent_is_recorded_with_what_was_asked(agent: Client) -> None:
    prisoner = make.make_prisoner()
    text_of(agent, prisoner)
    [intent] = recorded(Kind.INTENT)
    assert (intent.action, intent.detail["asked"]) == ("profile", {"person": str(prisoner.person.public_id)})


def test_a_merged_id_leads_to_the_present_person(agent: Client) -> None:
    first = make.make_prisoner()
    second = make.make_prisoner(person=first.person)
    answer = agent.get(f"/pessoas/{second.home.public_id}/")
    assert (answer.status_code, answer["Location"]) == (302, address(first))


def test_an_unknown_person_is_not_found(agent: Client) -> None:
    assert agent.get(f"/pessoas/{uuid.uuid4()}/").status_code == 404


def test_a_visitor_s_profile_has_whom_they_visit_and_no_custody(agent: Client) -> None:
    link = make.make_link(prisoner=make.make_prisoner(name="Preso Visitado"))
    page = text_of(agent, link.visitor)
    assert "Preso Visitado" in page
    assert 'id="situacao"' not in page
    assert agent.get(address(link.visitor, "situacao/")).status_code == 404


def test_a_dead_person_a_fugitive_and_one_in_hospital_are_told_by_the_tag(agent: Client) -> None:
    dead = make.make_prisoner(died_on=NOW.date())
    fugitive = make.make_movement(kind="FUGA").prisoner
    away = make.make_custody(started_at=NOW - timedelta(days=9)).prisoner
    make.make_movement(prisoner=away, kind="HOSP", occurred_at=NOW - timedelta(days=1))
    for prisoner, words in ((dead, "Óbito"), (fugitive, "Foragido"), (away, "Fora da unidade · Internação hospitalar")):
        assert words in text_of(agent, prisoner)


def test_a_sealed_case_shows_only_that_it_exists(agent: Client) -> None:
    case = make.make_case(npu="00000015720268020001", court="Vara Fictícia", secrecy="SIGILOSO")
    page = text_of(agent, case.prisoner)
    assert "Processo sigiloso" in page
    assert "0000001-57" not in page
    assert "Vara Fictícia" not in page


@pytest.mark.usefixtures("without_lawyers")
def test_without_the_permission_no_lawyer_is_seen_nor_counted(agent: Client) -> None:
    client = make.make_client(lawyer=make.make_lawyer(name="Doutora Oculta", oab_number="98765"))
    page = text_of(agent, client.prisoner)
    assert "Doutora Oculta" not in page
    assert "98765" not in page
    assert 'id="advogados"' not in page
    assert agent.get(address(client.prisoner, "advogados/")).status_code == 404
    assert agent.get(address(client.lawyer)).status_code == 404
    assert client.lawyer.person.public_id not in [s for event in recorded(Kind.DISCLOSURE) for s in event.subjects]


def test_a_card_alone_comes_as_a_page_and_for_htmx_as_a_fragment(agent: Client) -> None:
    link = make.make_link()
    page = agent.get(address(link.prisoner, "visitantes/")).content.decode()
    fragment = agent.get(address(link.prisoner, "visitantes/"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert fragment.lstrip().startswith('<section class="card" id="visitantes"')
    assert [event.detail["fields"] for event in recorded(Kind.DISCLOSURE)] == [["visitantes"], ["visitantes"]]


def test_an_unknown_card_is_not_found(agent: Client) -> None:
    assert agent.get(address(make.make_prisoner(), "nada/")).status_code == 404


def test_the_side_panel_is_a_fragment_with_the_situation(agent: Client) -> None:
    custody = make.make_custody(unit=make.make_unit(name="Presídio do Painel"))
    panel = text_of(agent, custody.prisoner, "resumo/")
    assert "Presídio do Painel" in panel
    assert "<html" not in panel


def test_nothing_shows_when_the_disclosure_does_not_commit(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    prisoner = make.make_prisoner(name="Nome Guardado")

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AuditUnavailable

    monkeypatch.setattr("consulta.rendering.disclose", refuse)
    answer = agent.get(address(prisoner))
    assert answer.status_code == 503
    assert "Nome Guardado" not in answer.content.decode()


def test_without_a_purpose_nothing_opens() -> None:
    prisoner = make.make_prisoner()
    answer = doors.session(make_user()).get(address(prisoner))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/finalidade/")


def test_a_withdrawn_person_is_marked(agent: Client) -> None:
    prisoner = make.make_prisoner(removed_at=NOW)
    assert "Registro excluído." in text_of(agent, prisoner)


def test_why_records_are_one_person_is_told_in_words(agent: Client) -> None:
    first = make.make_prisoner()
    second = make.make_prisoner(person=first.person, origin=make.make_origin("PE"))
    reasons = [
        {"feature": "birth_date", "outcome": "swapped", "weight": 6.0},
        {"feature": "name", "outcome": "compatible", "weight": 5.0},
        {"feature": "sex", "outcome": "equal", "weight": 0.01},
    ]
    make.make_judgement(first, second, judge="rule:cpf/1", reasons=reasons)
    page = agent.get(f"/pessoas/{first.person.public_id}/").content.decode()
    assert "Nascimento: dia e mês trocados" in page
    assert "Nome: compatível" in page
    assert "Sexo: igual" not in page
