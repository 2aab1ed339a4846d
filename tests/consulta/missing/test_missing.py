"""The search of somebody missing: whom it finds and why, behind the gate, at an address that tells nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from audit.events import Kind
from consulta.models import Inquiry
from credentialing.models import Purpose
from registry.models import Person, Prisoner
from registry.scope import Scope
from registry.selectors.missing import Agreement, MissingCriteria, MissingSeen, find_missing
from registry.services import crossing, search_documents
from registry.values.dates import parse_birth_query
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_purpose

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SEEN = date(2026, 3, 1)
ENTERED = datetime(2026, 3, 9, 12, tzinfo=UTC)
SCOPE = Scope(lawyers=True)


def _index() -> None:
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    crossing.refresh()


def _unknown(**fields: Any) -> Prisoner:
    """A man whom the state holds since eight days after SEEN without knowing who he is."""
    values = {"name": "NÃO IDENTIFICADO", "mother_name": "", "birth_date": date(1990, 1, 1), "rji": ""}
    prisoner = make.make_prisoner(**{**values, **fields})
    make.make_custody(prisoner=prisoner, started_at=ENTERED)
    return prisoner


def _find(**told: Any) -> tuple[MissingSeen, ...]:
    _index()
    return find_missing(MissingCriteria(**told), SCOPE).rows


def _said(seen: MissingSeen, agreement: Agreement) -> str:
    return " | ".join(clue.text for clue in seen.clues if clue.agreement is agreement)


def test_somebody_unidentified_is_found_by_sex_age_marks_and_date() -> None:
    prisoner = _unknown(race="PARDA")
    make.make_mark(record=prisoner, description="Dragão com flores", body_part="COSTAS")
    _unknown(sex="F")
    [found, *others] = _find(
        name="CARLOS DE SOUZA", age=36, sex="M", race="PRETA", marks="tatuagem de dragão nas costas", seen_on=SEEN
    )
    assert found.person.public_id == prisoner.person.public_id
    assert (found.unidentified, others) == (True, [])
    agreed = _said(found, Agreement.AGREES)
    assert all(words in agreed for words in ("Dragão", "idade na data", "Sexo: igual", "09/03/2026", "não sabe quem é"))
    assert "cor ou raça próxima" in _said(found, Agreement.COMPATIBLE)


def test_who_was_already_in_prison_that_day_is_contradicted() -> None:
    prisoner = make.make_prisoner(name="CARLOS PEREIRA DE SOUZA")
    make.make_custody(prisoner=prisoner, started_at=ENTERED - timedelta(days=300), ended_at=ENTERED)
    [found] = _find(name="Carlos Pereira de Souza", mother="Maria Teste", seen_on=SEEN)
    assert "constava preso em 01/03/2026" in _said(found, Agreement.CONTRADICTS)


def test_a_misspelt_name_and_a_wrong_mother_still_find() -> None:
    prisoner = make.make_prisoner(name="THIAGO XAVIER DE SOUSA", mother_name="ROSA", birth_date=date(1991, 4, 3))
    make.make_custody(prisoner=prisoner, started_at=ENTERED)
    found = _find(
        name="Tiago Chavier Souza", mother="Francisca Lima", birth=parse_birth_query("03/04/1991"), seen_on=SEEN
    )
    assert [row.person.public_id for row in found] == [prisoner.person.public_id]
    assert "Nascimento: dia e mês trocados" not in _said(found[0], Agreement.CONTRADICTS)
    assert "Nascimento: igual" in _said(found[0], Agreement.AGREES)
    assert "Nome da mãe: diferente" in _said(found[0], Agreement.CONTRADICTS)


def test_who_is_near_in_name_and_entered_afterwards_comes_first() -> None:
    before = make.make_prisoner(name="CARLOS PEREIRA DE SOUZA")
    make.make_custody(prisoner=before, started_at=ENTERED - timedelta(days=900), ended_at=ENTERED - timedelta(days=800))
    after = make.make_prisoner(name="CARLOS PEREIRA DE SOUZA")
    make.make_custody(prisoner=after, started_at=ENTERED)
    found = _find(name="Carlos Pereira de Souza", seen_on=SEEN)
    assert [row.person.public_id for row in found] == [after.person.public_id, before.person.public_id]
    assert "só esteve preso antes" in _said(found[1], Agreement.CONTRADICTS)


def test_an_unidentified_person_with_an_rji_alone_is_said_so() -> None:
    _unknown(rji="12345678901")
    [found] = _find(sex="M", age=36, seen_on=SEEN)
    assert "RJI de exceção" in _said(found, Agreement.COMPATIBLE)


def test_by_another_name_of_theirs() -> None:
    prisoner = make.make_prisoner(name="PEDRO FALSO NOME")
    make.make_name(record=prisoner, kind="NOME", value="CARLOS PEREIRA DE SOUZA")
    [found] = _find(name="Carlos Pereira de Souza")
    assert "Nome: igual" in _said(found, Agreement.AGREES)


def test_a_lawyer_is_no_candidate_for_whoever_may_not_see_lawyers() -> None:
    make.make_lawyer(name="CARLOS PEREIRA DE SOUZA")
    _index()
    criteria = MissingCriteria(name="Carlos Pereira de Souza")
    assert find_missing(criteria, SCOPE).total == 1
    assert find_missing(criteria, Scope()).total == 0


def _ask(client: Client, **told: Any) -> Any:
    answer = client.post("/desaparecidos/", told)
    assert answer.status_code == 302
    return client.get(answer["Location"])


def test_the_answer_discloses_whom_it_shows_and_its_address_tells_nothing(agent: Client) -> None:
    prisoner = _unknown()
    _index()
    answer = _ask(agent, name="Carlos Segredo", sex="M", age="36", seen_on="2026-03-01")
    page = answer.content.decode()
    assert str(prisoner.person.public_id) in page
    assert "não identificada" in page
    [event] = recorded(Kind.DISCLOSURE)
    assert (event.action, event.subjects) == ("missing", [prisoner.person.public_id])
    asked = recorded(Kind.INTENT)[-1].detail["asked"]
    assert (asked["name"], asked["seen_on"]) == ("Carlos Segredo", "2026-03-01")
    assert b"Segredo" not in bytes(Inquiry.objects.get().token)
    assert "Segredo" not in answer.request["PATH_INFO"]


def test_finding_nobody_says_which_states_are_late(agent: Client) -> None:
    make.make_origin("PE")
    page = _ask(agent, name="Ninguém Conhecido").content.decode()
    assert "Nada encontrado" in page
    assert "Bases atrasadas:" in page
    assert "PE" in page.split("Bases atrasadas:")[1][:60]


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({}, "Informe ao menos um nome"),
        ({"sex": "M"}, "Informe ao menos um nome"),
        ({"name": "Carlos", "birth": "32/13/1990"}, "Nascimento:"),
        ({"name": "Carlos", "seen_on": "2999-01-01"}, "A data está no futuro."),
        ({"name": "Carlos", "age": "-3"}, "maior ou igual a 0"),
    ],
)
def test_what_cannot_be_searched_is_explained(agent: Client, told: dict[str, str], error: str) -> None:
    answer = agent.post("/desaparecidos/", told)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not recorded(Kind.INTENT)


def test_only_its_owner_opens_an_answer_and_only_under_its_purpose(agent: Client, purpose: Purpose) -> None:
    address = agent.post("/desaparecidos/", {"name": "Carlos"})["Location"]
    other = make_purpose()
    for client in (doors.session(purpose.user, make_purpose(purpose.user)), doors.session(other.user, other)):
        assert client.get(address).status_code == 404


def test_a_reason_kept_for_lawyers_opens_no_answer(agent: Client) -> None:
    address = agent.post("/cruzamentos/advogado-de-muitos/motivo/", {"reason": "Um motivo longo o bastante."})
    kept = address["Location"].rpartition("=")[2]
    assert agent.get(f"/desaparecidos/{kept}/").status_code == 404


def test_programs_get_the_same_candidates(program: Client) -> None:
    prisoner = _unknown()
    _index()
    told = {"sex": "M", "age": 36, "seen_on": "2026-03-01", "birth": "1990"}
    answer = program.post("/api/v1/missing/", told, content_type="application/json").json()
    assert answer["rows"][0]["person"]["id"] == str(prisoner.person.public_id)
    assert {clue["agreement"] for clue in answer["rows"][0]["clues"]} <= {one.value for one in Agreement}
    assert recorded(Kind.DISCLOSURE)[-1].subjects == [prisoner.person.public_id]
    vague = program.post("/api/v1/missing/", {"sex": "M"}, content_type="application/json")
    assert vague.status_code == 400


def test_a_page_beyond_is_the_last_and_discloses_only_its_own(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.selectors.missing.run.PAGE_SIZE", 1)
    for _ in range(3):
        _unknown()
    _index()
    answer = agent.post("/desaparecidos/", {"sex": "M", "age": "36", "seen_on": "2026-03-01"})
    agent.get(answer["Location"], {"pagina": 9})
    assert len(recorded(Kind.DISCLOSURE)[-1].subjects) == 1
    assert recorded(Kind.DISCLOSURE)[-1].detail["page"] == 3
