"""From an agency's letter to a tenant: validated, approved by two people, those indicated invited."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from credentialing.adhesion import asking, checks
from credentialing.models import AdhesionRequest, AdhesionState, Agency, FirstAccess, User
from credentialing.roles import Role
from tests import doors
from tests.events import recorded
from tests.factories import adhesion as make
from tests.factories.credentialing import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def decide(client: Client, request: AdhesionRequest, step: str, reason: str = "") -> Any:
    return client.post(f"/adesoes/{request.pk}/decidir/", {"step": step, "reason": reason}, follow=True)


def state(request: AdhesionRequest) -> str:
    return AdhesionRequest.objects.get(pk=request.pk).state


def test_from_the_form_to_a_tenant_whose_four_people_have_accounts() -> None:
    first, second = doors.session(make.make_coordinator()), doors.session(make.make_coordinator())
    answer = first.post("/adesoes/nova/", make.posted(acronym="pp-ba"))
    request = AdhesionRequest.objects.get()
    assert answer.url == f"/adesoes/{request.pk}/"
    decide(first, request, "validar")
    decide(first, request, "aprovar")
    assert (state(request), Agency.objects.filter(acronym="PP-BA").exists()) == ("first_approved", False)

    answer = decide(second, request, "aprovar")
    shown = answer.content.decode()

    agency = Agency.objects.get(acronym="PP-BA")
    assert (agency.headcount, agency.is_open) == (1_200, True)
    assert agency.activities == ["locate_person", "investigation"]
    assert timezone.localtime(agency.expires_at).time().isoformat() == "00:00:00"
    made = User.objects.filter(agency=agency).values_list("username", "role", "is_substitute")
    assert set(made) == {
        ("celia.amorim", Role.FOCAL_POINT, False),
        ("davi.lins", Role.FOCAL_POINT, True),
        ("elza.freire", Role.CORREGEDOR, False),
        ("fabio.reis", Role.CORREGEDOR, True),
    }
    codes = re.findall(r"people-code mono\">([a-z0-9-]+)<", shown)
    assert (len(set(codes)), answer.headers["Cache-Control"]) == (4, "no-store")
    assert not any(str(link) in shown for link in FirstAccess.objects.values_list("pk", flat=True))
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        User.objects.filter(agency=agency).values_list("email", flat=True)
    )
    assert not any(code in letter.body for code in codes for letter in mail.outbox)
    taken = [event.action for event in recorded(Kind.AGENCY_CHANGED)]
    assert taken == [
        "adhesion.asked",
        "adhesion.validated",
        "adhesion.first_approved",
        "adhesion.approved",
        *["adhesion.account"] * 4,
    ]


def test_a_substitute_prepares_the_account_and_enters_only_when_designated() -> None:
    request, first, second = make.make_request(), make.make_coordinator(), make.make_coordinator()
    asking.validate(pk=request.pk, user=first, by=make.BY)
    asking.approve_first(pk=request.pk, user=first, by=make.BY)
    issued = asking.approve_second(pk=request.pk, user=second, by=make.BY)
    [mine] = [one for one in issued if one.access.user.username == "davi.lins"]
    client, page = Client(), f"/primeiro-acesso/{mine.access.pk}/"
    assert client.post(page, {"code": mine.code}).url == f"{page}conta/"
    client.get(f"{page}conta/")
    given = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    totp_code = doors.code(mine.access.user)
    assert client.post(f"{page}conta/", {**given, "otp_token": totp_code}).url == "/entrar/"
    answer = client.post("/entrar/", {"username": "davi.lins", "password": PASSWORD})
    assert (answer.status_code, recorded(Kind.LOGIN_FAILED)[-1].detail["reason"]) == (200, "not_designated")


def test_the_second_approval_is_another_persons() -> None:
    client, request = doors.session(make.make_coordinator()), make.make_request()
    decide(client, request, "validar")
    decide(client, request, "aprovar")
    assert "precisa ser de outra pessoa" in decide(client, request, "aprovar").content.decode()
    assert state(request) == AdhesionState.FIRST_APPROVED
    assert not Agency.objects.filter(acronym="PP-BA").exists()


def test_nothing_is_decided_without_a_fresh_second_factor() -> None:
    client, request = doors.session(make.make_coordinator(), elevated=False), make.make_request()
    answer = client.post(f"/adesoes/{request.pk}/decidir/", {"step": "validar"})
    assert (answer.url.split("?")[0], state(request)) == ("/confirmar/", AdhesionState.ASKED)


def test_an_unvalidated_request_is_not_approved() -> None:
    client, request = doors.session(make.make_coordinator()), make.make_request()
    assert "alguém decidiu antes" in decide(client, request, "aprovar").content.decode()
    assert state(request) == AdhesionState.ASKED


def test_a_request_sent_back_after_the_first_approval_starts_over_corrected() -> None:
    user, other = make.make_coordinator(), make.make_coordinator()
    client, request = doors.session(user), make.make_request()
    decide(client, request, "validar")
    decide(client, request, "aprovar")
    assert decide(client, request, "devolver").status_code == 422
    decide(client, request, "devolver", "O efetivo não confere com o ofício.")
    assert state(request) == AdhesionState.RETURNED

    client.post(f"/adesoes/{request.pk}/corrigir/", make.posted(headcount=900))

    again = AdhesionRequest.objects.get(pk=request.pk)
    assert (again.state, again.headcount, again.first_by, again.indications.count()) == ("asked", 900, None, 4)
    with pytest.raises(asking.NotAsked):
        asking.approve_second(pk=request.pk, user=other, by=make.BY)


def test_a_refusal_says_why_ends_the_request_and_frees_the_acronym() -> None:
    client, request = doors.session(make.make_coordinator()), make.make_request()
    decide(client, request, "recusar", "O órgão não exerce atividade de segurança pública.")
    assert state(request) == AdhesionState.REFUSED
    assert client.post("/adesoes/nova/", make.posted()).status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"acronym": "PP-AL"}, "Já há um órgão com esta sigla."),
        ({"acronym": "PP-SE"}, "Já há um pedido de adesão com esta sigla."),
        ({"headcount": 0}, "maior ou igual a 1"),
        ({"valid_until": "2020-01-01"}, "um dia que ainda não passou"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_nothing(changes: dict[str, Any], words: str) -> None:
    make_agency("PP-AL")
    make.make_request(acronym="PP-SE")
    answer = doors.session(make.make_coordinator()).post("/adesoes/nova/", make.posted(**changes))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert AdhesionRequest.objects.count() == 1


def test_who_already_has_an_account_or_is_indicated_twice_stops_the_request() -> None:
    request = make.make_request()
    make_user(email="INDICADO0@orgao.example")
    request.indications.filter(registration="M-3").update(registration="m-2")
    failed = list(checks.failed(request))
    assert [text.split(":")[0] for text in failed] == ["São quatro pessoas", "Nenhum indicado tem conta ativa"]
    with pytest.raises(asking.Unfit):
        asking.validate(pk=request.pk, user=make.make_coordinator(), by=make.BY)


def test_a_name_that_is_taken_is_numbered() -> None:
    make_user(username="celia.amorim")
    request, first, second = make.make_request(), make.make_coordinator(), make.make_coordinator()
    asking.validate(pk=request.pk, user=first, by=make.BY)
    asking.approve_first(pk=request.pk, user=first, by=make.BY)
    issued = asking.approve_second(pk=request.pk, user=second, by=make.BY)
    assert issued[0].access.user.username == "celia.amorim2"
