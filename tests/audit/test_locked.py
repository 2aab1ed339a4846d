"""With the audit's table locked: 503, and nothing is shown, through every door."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client

from credentialing.models import Agency, User
from credentialing.roles import Role
from registry.models import Prisoner
from tests import doors
from tests.factories.credentialing import PASSWORD, make_agency, make_purpose, make_user
from tests.factories.ingestion import make_rejection, make_still_source
from tests.factories.registry import make_custody, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")
NAME, MOTHER = "BALTAZAR INVENTADO", "EUFRASIA INVENTADA"


@contextmanager
def locked() -> Iterator[None]:
    """Hold the table as its owner, the way a stuck maintenance would."""
    with transaction.atomic(using="owner"):
        connections["owner"].cursor().execute("LOCK TABLE audit_accessevent IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.fixture
def prisoner(committed: None) -> Prisoner:
    prisoner = make_prisoner(name=NAME, mother_name=MOTHER)
    make_custody(prisoner=prisoner)
    index()
    return prisoner


@pytest.fixture
def user(committed: None) -> User:
    return make_user()


@pytest.fixture
def browser(user: User) -> Client:
    return doors.session(user, make_purpose(user))


@pytest.fixture
def program(user: User) -> Client:
    return doors.token(user, make_purpose(user))


def _is_refused(response: object) -> bool:
    content = response.content.decode()
    return response.status_code == 503 and not any(word in content for word in (NAME, MOTHER, "Inventad"))


def test_the_search_shows_nobody(browser: Client, prisoner: Prisoner) -> None:
    address = browser.post("/busca/", {"q": NAME}).url
    assert MOTHER in browser.get(address).content.decode().upper()
    with locked():
        assert _is_refused(browser.get(address))
        assert _is_refused(browser.get(address, headers={"HX-Request": "true"}))


def test_the_profile_and_each_part_of_it_show_nobody(browser: Client, prisoner: Prisoner) -> None:
    address = f"/pessoas/{prisoner.person.public_id}/"
    assert browser.get(address).status_code == 200
    with locked():
        for part in ("", "movimentacoes/", "resumo/"):
            assert _is_refused(browser.get(address + part))


def test_the_units_show_nobody(browser: Client, prisoner: Prisoner) -> None:
    with locked():
        assert _is_refused(browser.get("/unidades/"))


def test_the_api_answers_nobody(program: Client, prisoner: Prisoner) -> None:
    person = f"/api/v1/people/{prisoner.person.public_id}/"
    assert program.get(person).status_code == 200
    with locked():
        search = program.post("/api/v1/search/", {"text": NAME}, content_type="application/json")
        for answer in (search, program.get(person), program.get("/api/v1/units/")):
            assert _is_refused(answer)
            assert set(answer.json()) == {"status", "detail", "reference"}


def test_the_admin_site_shows_and_changes_nothing(committed: None) -> None:
    client, agency = doors.session(make_user(role=Role.GENERAL_ADMIN)), make_agency("PP-SE", name="Órgão Inventado")
    change = f"/admin/credentialing/agency/{agency.pk}/change/"
    given = {"name": "Outro", "uf": "SE", "headcount": 1, "activities": agency.activities}
    with locked():
        for page in ("/admin/", "/admin/credentialing/agency/", change):
            assert _is_refused(client.get(page))
        assert _is_refused(client.post(change, given))
    assert Agency.objects.get(pk=agency.pk).name == "Órgão Inventado"
    assert client.post(change, given).status_code == 302


def test_the_audits_own_screens_show_nothing(committed: None) -> None:
    with locked():
        assert doors.session(make_user(role=Role.CORREGEDOR)).get("/auditoria/").status_code == 503


def test_nobody_logs_in(user: User) -> None:
    client = Client()
    client.post("/entrar/", {"username": user.username, "password": PASSWORD})
    with locked():
        assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).status_code == 503
    assert client.get("/meus-acessos/").url.startswith("/entrar/")


def test_a_session_can_be_left_all_the_same(browser: Client) -> None:
    with locked():
        assert browser.post("/sair/").status_code == 503
    assert browser.get("/meus-acessos/").url.startswith("/entrar/")


def test_the_command_line_prints_one_line_and_exits_with_75(
    user: User, prisoner: Prisoner, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, complained = StringIO(), StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(f"{user.username}\n{PASSWORD}\n{doors.code(user)}\n"))
    purpose = ["--activity", "escort", "--case", "OS 1/2026", "--justification", "Escolta de teste marcada."]
    with locked(), pytest.raises(SystemExit) as ended:
        call_command("consult", *purpose, "search", NAME, stdout=said, stderr=complained)
    assert ended.value.code == 75
    assert said.getvalue() == ""
    assert complained.getvalue() == "Auditoria indisponível: nada foi mostrado. Tente de novo em instantes.\n"


def test_a_row_in_quarantine_is_not_shown(committed: None) -> None:
    rejection = make_rejection(make_still_source())
    client = doors.session(make_user(role=Role.STATE_TECHNICIAN))
    address = f"/conectores/AL/quarentena/{rejection.pk}/"
    assert "JOSÉ INVENTADO" in client.get(address).content.decode()
    with locked():
        refused = client.get(address)
    assert refused.status_code == 503
    assert "INVENTADO" not in refused.content.decode()
