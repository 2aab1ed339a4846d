"""The form, the opaque address, the answer and its receipt."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from consulta.models import SearchQuery
from credentialing.models import Purpose
from credentialing.roles import Role
from tests import doors
from tests.consulta.search.conftest import Ask
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.registry import make_cpf, make_custody, make_prisoner, make_unit
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")

OPAQUE = re.compile(r"^/b/[0-9a-f]{8}-[0-9a-f-]{27}/$")


def test_what_is_asked_is_in_no_address(agent: Client) -> None:
    answer = agent.post("/busca/", {"q": "antonio souza", "mother": "maria", "birth": "1991", "document": ""})
    assert answer.status_code == 302
    assert OPAQUE.match(answer["Location"])


def test_what_is_asked_is_not_readable_in_the_database(agent: Client) -> None:
    agent.post("/busca/", {"q": "antonio souza"})
    query = SearchQuery.objects.get()
    assert b"souza" not in bytes(query.token)
    assert query.criteria.text == "antonio souza"


def test_criteria_moved_to_another_search_do_not_open(agent: Client) -> None:
    agent.post("/busca/", {"q": "antonio souza"})
    agent.post("/busca/", {"q": "pedro ferreira"})
    first, second = SearchQuery.objects.all()
    second.token = first.token
    with pytest.raises(ValueError, match="another place"):
        second.criteria  # noqa: B018 - reading it is the test


def test_the_header_box_alone_searches(ask: Ask) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA")
    assert "SOUZA, Antônio de" in strip(ask(q="souza antonio").content.decode())


def test_a_row_shows_what_tells_namesakes_apart(ask: Ask) -> None:
    record = make_prisoner(name="ANTÔNIO DE SOUZA", mother_name="IVONE DE SOUZA", cpf=make_cpf(5), rji="18012345678")
    make_custody(prisoner=record)
    text = strip(ask(q="antonio souza").content.decode())
    for expected in ("Ivone de Souza", "17/05/1990", "100.•••.•••-", "180123456-78", "Presídio Fictício", "nome igual"):
        assert expected in text


def test_every_row_can_be_walked_by_keyboard(ask: Ask) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA")
    page = ask(q="antonio souza").content.decode()
    assert page.count("data-rows") == 1
    assert page.count("data-row>") == page.count("data-open>") == page.count("data-preview ") == 1


def test_one_document_of_one_person_leads_to_the_profile(ask: Ask) -> None:
    number = make_cpf()
    person = make_prisoner(name="ANTÔNIO DE SOUZA", cpf=number).person
    answer = ask(q=number)
    assert answer.status_code == 302
    assert answer["Location"] == f"/pessoas/{person.public_id}/"
    disclosed = recorded(Kind.DISCLOSURE)[-1]
    assert disclosed.subjects == [person.public_id]
    assert str(disclosed.receipt) == answer["X-Receipt"]


def test_nobody_found_says_what_was_asked_and_which_states_are_late(ask: Ask) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA")
    text = strip(ask(q="wanderlei quaresma", mother="ivone").content.decode())
    assert "Ninguém encontrado" in text
    assert "Você buscou o nome e o nome da mãe" in text
    assert "Bases atrasadas: AL" in text


def test_a_search_for_nobody_in_particular_is_refused_with_a_reason(agent: Client) -> None:
    for asked in ({"q": ""}, {"q": "a"}, {"q": "", "precision": "broad"}):
        answer = agent.post("/busca/", asked)
        assert answer.status_code == 422
        assert "Informe ao menos um nome" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [("birth", "31/02/1991", "data inexistente"), ("document", "não sei", "Não parece CPF")],
)
def test_a_wrong_field_says_what_is_wrong(agent: Client, field: str, value: str, reason: str) -> None:
    answer = agent.post("/busca/", {"q": "antonio souza", field: value})
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_filters_and_pages_travel_in_the_address(ask: Ask, agent: Client) -> None:
    for regime in ["FECHADO"] * 25 + ["ABERTO"]:
        make_custody(prisoner=make_prisoner(name="ANTÔNIO DE SOUZA"), regime=regime)
    address = ask(q="antonio souza").request["PATH_INFO"]
    narrowed = strip(agent.get(f"{address}?regime=FECHADO&pagina=2").content.decode())
    assert "25 pessoas" in narrowed
    assert narrowed.count("Por que apareceu") == 5
    assert "1 pessoa" in strip(agent.get(f"{address}?regime=ABERTO").content.decode())


def test_htmx_gets_the_results_alone(ask: Ask, agent: Client) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA")
    address = ask(q="antonio souza").request["PATH_INFO"]
    fragment = agent.get(address, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="resultados">')
    assert "<html" not in fragment


def test_past_searches_are_listed_without_what_was_asked(ask: Ask, agent: Client) -> None:
    ask(q="wanderlei quaresma", mother="ivone")
    page = agent.get("/busca/").content.decode()
    assert "Nome e nome da mãe · 0 pessoas · há" in page
    assert "quaresma" not in page.lower()


def test_another_persons_search_is_not_found(ask: Ask) -> None:
    address = ask(q="antonio souza").request["PATH_INFO"]
    other = make_purpose()
    assert doors.session(other.user, other).get(address).status_code == 404


def test_a_search_of_another_purpose_is_not_found(ask: Ask, purpose: Purpose) -> None:
    address = ask(q="antonio souza").request["PATH_INFO"]
    later = make_purpose(purpose.user)
    assert doors.session(purpose.user, later).get(address).status_code == 404


def test_an_unknown_search_is_not_found(agent: Client) -> None:
    assert agent.get(f"/b/{uuid.uuid4()}/").status_code == 404


def test_without_a_purpose_the_way_leads_to_declaring_one(purpose: Purpose) -> None:
    browser = doors.session(purpose.user)
    for path in ("/busca/", f"/b/{uuid.uuid4()}/"):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/finalidade/")


def test_searches_of_expired_purposes_are_forgotten(purpose: Purpose) -> None:
    old = make_purpose(purpose.user)
    doors.session(purpose.user, old).post("/busca/", {"q": "antonio souza"})
    Purpose.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    doors.session(purpose.user, purpose).post("/busca/", {"q": "pedro ferreira"})
    assert [query.purpose_id for query in SearchQuery.objects.all()] == [purpose.pk]


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.AGENT, Role.IDENTITY_REVIEWER}])
def test_only_agents_and_reviewers_search(role: Role) -> None:
    user = make_user(role=role)
    browser = doors.session(user, make_purpose(user))
    assert browser.get("/busca/").status_code == 403
    assert browser.post("/busca/", {"q": "antonio"}).status_code == 403
    assert not SearchQuery.objects.exists()


def test_the_audit_knows_what_was_asked_and_who_was_shown_in_order(ask: Ask) -> None:
    near = make_prisoner(name="ANTÔNIO DE SOUSA").person
    exact = make_prisoner(name="ANTÔNIO DE SOUZA").person
    answer = ask(q="antonio souza", birth="1990")
    intent, disclosure = recorded(Kind.INTENT, Kind.DISCLOSURE)
    assert intent.detail["asked"]["text"] == "antonio souza"
    assert intent.detail["asked"]["birth"] == ["1990-01-01", "1990-12-31"]
    assert disclosure.intent == intent.pk
    assert disclosure.subjects == [exact.public_id, near.public_id]
    assert "mother" in disclosure.detail["fields"]
    assert answer["X-Receipt"] == str(disclosure.receipt)


def test_asking_alone_records_no_consultation(agent: Client) -> None:
    agent.post("/busca/", {"q": "antonio souza"})
    assert recorded(Kind.INTENT, Kind.DISCLOSURE) == []


def strip(page: str) -> str:
    """The text of a page, its spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_stay_narrows_the_answer_and_stays_out_of_the_address(ask: Ask) -> None:
    unit = make_unit(name="PRESÍDIO DO AGRESTE")
    make_custody(prisoner=make_prisoner(name="ANTÔNIO DE SOUZA"), unit=unit)
    make_custody(prisoner=make_prisoner(name="ANTÔNIO DE SOUSA LIMA"))
    answer = ask(q="antonio souza", place="agreste", since="2020-01-01")
    assert "1 pessoa " in strip(answer.content.decode())
    assert answer.request["QUERY_STRING"] == ""
    assert 'value="agreste"' in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"q": "ana", "since": "2020-01-01"}, "informe qual"),
        ({"q": "ana", "place": "x", "since": "2020-01-02", "until": "2020-01-01"}, "termina antes"),
    ],
)
def test_a_senseless_period_is_refused(agent: Client, asked: dict[str, str], words: str) -> None:
    answer = agent.post("/busca/", asked)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_faction_is_asked_only_with_its_permission(agent: Client, purpose: Purpose) -> None:
    assert "Grupo ou facção" not in agent.get("/busca/").content.decode()
    program = doors.token(purpose.user, purpose)
    body = {"text": "ana teste", "narrowing": {"faction": "grupo"}}
    assert program.post("/api/v1/search/", body, content_type="application/json").status_code == 403


def test_namesakes_are_warned_of(ask: Ask) -> None:
    for _ in range(2):
        make_prisoner(name="ANTÔNIO DE SOUZA", cpf="", rji="")
    assert "1 homônimo nesta busca · identidade média" in strip(ask(q="antonio souza").content.decode())


def test_a_document_one_digit_off_never_opens_the_profile(agent: Client) -> None:
    make_prisoner(name="ANTÔNIO DE SOUZA", registration="A55001")
    index()
    posted = agent.post("/busca/", {"document": "A55002"})
    answer = agent.get(posted["Location"])
    assert answer.status_code == 200
    assert "matrícula com um dígito de diferença" in answer.content.decode()
