"""Lists of crossings: behind the gate, on screen and for programs, and nothing of lawyers to who may not see them."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from credentialing.models import Purpose
from registry.models import Person, Record
from registry.services import crossing, search_documents
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_purpose

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

NOW = timezone.now()
REASON = "Apuração do inquérito fictício 1/2026."


def _cross() -> None:
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    crossing.refresh()


def _visitor_of(prisoners: int, **visit: Any) -> Record:
    visitor = make.make_visitor(name="VISITANTE DE MUITOS")
    for _ in range(prisoners):
        make.make_visit(visitor=visitor, **visit)
    return visitor


def _lawyer_of(prisoners: int) -> Record:
    lawyer = make.make_lawyer(name="DOUTORA OCULTA")
    for _ in range(prisoners):
        make.make_attendance(lawyer=lawyer)
    return lawyer


def _open_lawyers(client: Client, of: str = "advogado-de-muitos", **query: Any) -> Any:
    asked = client.post(f"/cruzamentos/{of}/motivo/", {"reason": REASON})
    assert asked.status_code == 302
    return client.get(asked["Location"], query)


def test_the_overview_counts_and_names_nobody(agent: Client) -> None:
    visitor = _visitor_of(3)
    _cross()
    page = agent.get("/cruzamentos/").content.decode()
    assert "Visitante de muitos presos" in page
    assert "VISITANTE" not in page
    assert str(visitor.person.public_id) not in page
    [event] = recorded(Kind.DISCLOSURE)
    assert (event.action, event.subjects) == ("crossings", [])


def test_the_disclosure_names_everyone_the_list_shows(agent: Client) -> None:
    visitor = _visitor_of(3)
    _visitor_of(2)
    _cross()
    page = agent.get("/cruzamentos/visitante-de-muitos/").content.decode()
    visited = [visit.prisoner.person.public_id for visit in visitor.visitor.visits.all()]
    [event] = recorded(Kind.DISCLOSURE)
    assert set(event.subjects) == {visitor.person.public_id, *visited}
    assert all(f"/pessoas/{person}/" in page for person in event.subjects)
    assert page.count("/pessoas/") == 4


def test_a_page_beyond_shows_and_discloses_only_its_own(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.crossing.listing.PAGE_SIZE", 1)
    more, fewer = _visitor_of(4), _visitor_of(3)
    _cross()
    page = agent.get("/cruzamentos/visitante-de-muitos/", {"pagina": 2}).content.decode()
    assert str(fewer.person.public_id) in page
    assert str(more.person.public_id) not in page
    assert "2 cruzamentos" in page
    assert more.person.public_id not in recorded(Kind.DISCLOSURE)[-1].subjects


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"minimo": 4}, False),
        ({"minimo": 2, "estados": 2}, False),
        ({"unidades": 3}, True),
        ({"unidades": 4}, False),
        ({"desde": (NOW - timedelta(days=20)).date().isoformat()}, True),
        ({"desde": (NOW - timedelta(days=5)).date().isoformat()}, False),
        ({"uf": "AL"}, True),
        ({"uf": "PE"}, False),
        ({"distantes": "on"}, True),
    ],
)
def test_filters_of_the_visitors_of_many(agent: Client, query: dict[str, Any], found: bool) -> None:
    make.make_origin("PE")
    visitor = _visitor_of(3, entered_at=NOW - timedelta(days=10))
    _cross()
    page = agent.get("/cruzamentos/visitante-de-muitos/", query).content.decode()
    assert (str(visitor.person.public_id) in page) is found


def test_close_kin_are_left_out_if_asked(agent: Client) -> None:
    visitor = _visitor_of(3)
    make.make_link(visitor=visitor.visitor, prisoner=visitor.visitor.visits.first().prisoner, kinship="MAE")
    _cross()
    address = "/cruzamentos/visitante-de-muitos/"
    assert str(visitor.person.public_id) in agent.get(address).content.decode()
    assert str(visitor.person.public_id) not in agent.get(address, {"distantes": "on"}).content.decode()


def test_the_unit_filters_and_is_offered_for_the_state_chosen(agent: Client) -> None:
    one, other = make.make_unit(name="Presídio Um"), make.make_unit(name="Presídio Outro")
    visitor = _visitor_of(3, unit=one)
    _cross()
    address = "/cruzamentos/visitante-de-muitos/"
    page = agent.get(address, {"uf": "AL", "unidade": str(one.public_id)}).content.decode()
    assert str(visitor.person.public_id) in page
    assert "Presídio Outro" in page
    assert (
        str(visitor.person.public_id)
        not in agent.get(address, {"uf": "AL", "unidade": str(other.public_id)}).content.decode()
    )


def test_filters_that_make_no_sense_are_left_out(agent: Client) -> None:
    visitor = _visitor_of(3)
    _cross()
    query = {"uf": "XX", "unidade": "0", "desde": "ontem", "minimo": "-1", "pagina": "zero", "tipo": "x", "sinal": "x"}
    assert str(visitor.person.public_id) in agent.get("/cruzamentos/visitante-de-muitos/", query).content.decode()


def test_htmx_gets_the_list_alone(agent: Client) -> None:
    page = agent.get("/cruzamentos/fraude/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "Nenhum cruzamento com esses filtros" in page


def test_frauds_are_told_by_kind_the_gravest_first(agent: Client) -> None:
    cpf = make.make_cpf()
    make.make_prisoner(cpf=cpf, name="FALECIDO", birth_date=date(1950, 1, 1), died_on=date(2020, 1, 1))
    make.make_prisoner(cpf=cpf, name="VIVO OUTRO")
    make.make_prisoner(rji="12345678901", birth_date=date(1960, 1, 1), name="A B")
    make.make_prisoner(rji="12345678901", birth_date=date(1961, 1, 1), name="C D")
    _cross()
    page = agent.get("/cruzamentos/fraude/").content.decode()
    assert page.index("mesmo CPF de uma pessoa dada como falecida") < page.index("mesmo RJI")
    only = agent.get("/cruzamentos/fraude/", {"tipo": "same_rji"}).content.decode()
    assert "falecida" not in only.split('id="cruzamentos"')[1].replace("Documento de pessoa falecida", "")


def test_an_unknown_list_is_not_found(agent: Client) -> None:
    assert agent.get("/cruzamentos/tudo/").status_code == 404
    assert agent.get("/cruzamentos/fraude/motivo/").status_code == 404


def test_lawyers_are_listed_for_a_reason_that_the_audit_keeps(agent: Client) -> None:
    lawyer = _lawyer_of(20)
    _cross()
    answer = agent.get("/cruzamentos/advogado-de-muitos/")
    assert (answer.status_code, answer["Location"]) == (302, "/cruzamentos/advogado-de-muitos/motivo/")
    page = _open_lawyers(agent).content.decode()
    assert str(lawyer.person.public_id) in page
    assert "Apuração" not in page
    assert recorded(Kind.INTENT)[-1].detail["asked"]["reason"] == REASON


def test_a_short_reason_opens_nothing(agent: Client) -> None:
    answer = agent.post("/cruzamentos/advogado-de-muitos/motivo/", {"reason": "porque sim"})
    assert answer.status_code == 422
    assert "Escreva ao menos 15 caracteres" in answer.content.decode()


def test_the_reason_of_another_or_of_another_purpose_opens_nothing(agent: Client, purpose: Purpose) -> None:
    address = agent.post("/cruzamentos/advogado-de-muitos/motivo/", {"reason": REASON})["Location"]
    later = doors.session(purpose.user, make_purpose(purpose.user))
    other = make_purpose()
    for client in (later, doors.session(other.user, other)):
        assert client.get(address).status_code == 302
    assert agent.get("/cruzamentos/advogado-de-muitos/", {"motivo": str(uuid.uuid4())}).status_code == 302


@pytest.fixture
def people_of_law() -> Record:
    """A lawyer who visits, is in prison, defends twenty and has a visitor's telephone and document."""
    lawyer = _lawyer_of(20)
    Record.objects.filter(pk=lawyer.pk).update(phone="(82) 90000-0003", cpf=make.make_cpf(1))
    make.make_lawyer(name="DOUTORA GÊMEA", oab_uf=lawyer.lawyer.oab_uf, oab_number=lawyer.lawyer.oab_number)
    make.make_visitor(name="BIA COMUM", birth_date=date(1999, 9, 9), phone="82 90000 0003", cpf=make.make_cpf(1))
    _cross()
    return lawyer


@pytest.mark.usefixtures("without_lawyers")
@pytest.mark.parametrize("of", ["contato-em-comum", "fraude", "visitante-preso", "visitante-de-muitos"])
def test_nothing_of_lawyers_is_listed_or_counted_without_the_permission(
    agent: Client, people_of_law: Record, of: str
) -> None:
    page = agent.get(f"/cruzamentos/{of}/").content.decode()
    assert "0 cruzamentos" in page
    assert "DOUTORA" not in page.upper()
    assert "OAB" not in page.split('id="cruzamentos"')[1]
    overview = agent.get("/cruzamentos/").content.decode()
    assert "Advogado" not in overview
    assert all(people_of_law.person.public_id not in event.subjects for event in recorded(Kind.DISCLOSURE))


@pytest.mark.usefixtures("people_of_law")
def test_with_the_permission_they_are(agent: Client) -> None:
    for of in ("contato-em-comum", "fraude"):
        assert "DOUTORA OCULTA" in agent.get(f"/cruzamentos/{of}/").content.decode().upper()


@pytest.mark.usefixtures("people_of_law")
def test_whoever_may_not_see_lawyers_is_refused_their_lists(
    agent: Client, program: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from credentialing import roles

    kept = roles.PERMISSIONS[roles.Role.AGENT] - {roles.Permission.SEE_LAWYERS}
    monkeypatch.setitem(roles.PERMISSIONS, roles.Role.AGENT, kept)
    for of in ("advogado-visitante", "advogado-preso", "advogado-de-muitos"):
        assert agent.get(f"/cruzamentos/{of}/").status_code == 403
        assert agent.get(f"/cruzamentos/{of}/motivo/").status_code == 403
        assert agent.post(f"/cruzamentos/{of}/motivo/", {"reason": REASON}).status_code == 403
    told = {"of": "lawyer-of-many", "reason": REASON, "least": 2}
    assert program.post("/api/v1/crossings/", told, content_type="application/json").status_code == 403
    fraud = program.post("/api/v1/crossings/", {"of": "fraud"}, content_type="application/json").json()
    assert (fraud["total"], "same_oab" in {one["kind"] for one in fraud["tallies"]}) == (0, False)


def test_programs_get_the_same_list(program: Client) -> None:
    visitor = _visitor_of(3)
    _cross()
    told = {"of": "visitor-of-many", "uf": "AL"}
    answer = program.post("/api/v1/crossings/", told, content_type="application/json").json()
    assert (answer["total"], answer["rows"][0]["prisoners"]) == (1, 3)
    assert answer["rows"][0]["person"]["id"] == str(visitor.person.public_id)
    [event] = recorded(Kind.DISCLOSURE)
    assert str(event.receipt) == answer["receipt"]
    assert len(event.subjects) == 4


def test_programs_must_say_why_they_list_lawyers(program: Client) -> None:
    refused = program.post("/api/v1/crossings/", {"of": "lawyer-of-many"}, content_type="application/json")
    assert refused.status_code == 400
    assert "reason" in refused.json()["errors"]
    told = {"of": "lawyer-of-many", "reason": REASON}
    assert program.post("/api/v1/crossings/", told, content_type="application/json").status_code == 200
    assert recorded(Kind.INTENT)[-1].detail["asked"]["reason"] == REASON


def test_the_profile_tells_the_crossings_of_a_person(agent: Client) -> None:
    visitor = _visitor_of(3)
    other = make.make_prisoner(name="OUTRO COM O TELEFONE", birth_date=date(1970, 7, 7), phone="(82) 90000-0004")
    Record.objects.filter(pk=visitor.pk).update(phone="(82) 90000-0004")
    _cross()
    page = agent.get(f"/pessoas/{visitor.person.public_id}/cruzamentos/").content.decode()
    assert "Visitante de muitos presos" in page
    assert f"/pessoas/{other.person.public_id}/" in page
    assert other.person.public_id in recorded(Kind.DISCLOSURE)[-1].subjects


@pytest.mark.usefixtures("without_lawyers")
def test_the_profile_tells_nothing_of_lawyers_without_the_permission(agent: Client, people_of_law: Record) -> None:
    bia = Record.objects.get(name="BIA COMUM")
    page = agent.get(f"/pessoas/{bia.person.public_id}/").content.decode()
    assert "DOUTORA" not in page.upper()
    assert str(people_of_law.person.public_id) not in page


def test_the_card_fails_alone(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from consulta.profile import cards

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    failing = cards.Card("cruzamentos", "crossings", broken, cards.crossings_card, size=cards._rows)
    monkeypatch.setitem(cards.CARDS, "cruzamentos", failing)
    page = agent.get(f"/pessoas/{make.make_prisoner().person.public_id}/").content.decode()
    assert "Não foi possível mostrar esta parte" in page
    assert "JOÃO BATISTA TESTE" in page.upper()


def test_the_overview_and_the_lists_count_alike(agent: Client, program: Client) -> None:
    _lawyer_of(6)
    _visitor_of(2)
    _cross()
    overview = agent.get("/cruzamentos/").content.decode()
    assert overview.count('<p class="crossing-total">0</p>') == 7
    assert "0 cruzamentos" in agent.get("/cruzamentos/visitante-de-muitos/").content.decode()
    assert "0 cruzamentos" in _open_lawyers(agent).content.decode()
    told = {"of": "lawyer-of-many", "reason": REASON}
    answer = program.post("/api/v1/crossings/", told, content_type="application/json").json()
    assert answer["total"] == 0
    answer = program.post("/api/v1/crossings/", {**told, "least": 6}, content_type="application/json").json()
    assert answer["total"] == 1
