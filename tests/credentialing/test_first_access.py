"""Taking an account over: link and code together, once, within five tries and three days."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken

from audit.events import Kind
from credentialing.models import FirstAccess, User
from credentialing.requests import deciding
from credentialing.roles import Role
from credentialing.services import first_access
from senappen.lib import mail as mail_lib
from tests import doors
from tests.events import recorded
from tests.factories.access import BY, make_request, make_staff
from tests.factories.credentialing import make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PASSWORD = "quatro palavras sem ligação"


@pytest.fixture
def issued() -> first_access.Issued:
    staff = make_staff()
    return deciding.approve(request=make_request(staff.focal).pk, decider=staff.manager, by=BY)


def link(issued: first_access.Issued) -> str:
    return f"/primeiro-acesso/{issued.access.pk}/"


def proven(issued: first_access.Issued) -> Client:
    """A browser where the code was typed."""
    client = Client()
    assert client.post(link(issued), {"code": issued.code}).url == f"{link(issued)}conta/"
    return client


def finish(client: Client, issued: first_access.Issued, **changes: str) -> object:
    given = {"new_password1": PASSWORD, "new_password2": PASSWORD, "otp_token": doors.code(issued.access.user)}
    return client.post(f"{link(issued)}conta/", {**given, **changes})


def test_link_and_code_then_password_and_authenticator_open_the_account(issued: first_access.Issued) -> None:
    client = proven(issued)
    page = client.get(f"{link(issued)}conta/").content.decode()
    device = TOTPDevice.objects.get(user=issued.access.user)
    assert first_access.key(device) in page
    [drawn] = re.findall(r'<svg [^>]*class="qr">.*?</svg>', page)
    # Its own size would be cut by the frame's.
    assert re.match(r'<svg [^>]*viewBox="0 0 (\d+) \1"', drawn)
    assert "width" not in drawn.split(">")[0]
    assert "data:" not in page
    assert "style=" not in page
    assert finish(client, issued).url == "/entrar/"
    user = User.objects.get(pk=issued.access.user.pk)
    assert client.post("/entrar/", {"username": user.username, "password": PASSWORD}).url == "/entrar/codigo/"
    assert client.post("/entrar/codigo/", {"otp_token": doors.code(user)}).status_code == 302
    assert client.get("/minha-conta/").status_code == 200
    actions = [event.action for event in recorded(Kind.ACCOUNT_CHANGED) if event.actor_id == user.pk]
    assert actions == ["first_access.complete"]


def test_the_code_is_taken_however_it_is_typed(issued: first_access.Issued) -> None:
    typed = f" {issued.code.upper().replace('-', ' ')}"
    assert Client().post(link(issued), {"code": typed}).status_code == 302


def test_nobody_enters_an_account_that_was_not_taken_over(issued: first_access.Issued) -> None:
    for password in ("", issued.code, PASSWORD):
        Client().post("/entrar/", {"username": issued.access.user.username, "password": password})
    assert not recorded(Kind.LOGIN)
    assert len(recorded(Kind.LOGIN_FAILED)) == 2  # the empty one is no attempt


def test_it_serves_once(issued: first_access.Issued) -> None:
    client = proven(issued)
    client.get(f"{link(issued)}conta/")
    finish(client, issued)
    assert Client().post(link(issued), {"code": issued.code}).status_code == 422


def test_five_wrong_codes_end_it(issued: first_access.Issued) -> None:
    client = Client()
    for _ in range(5):
        assert client.post(link(issued), {"code": "aaaaa-aaaaa"}).status_code == 422
    assert client.post(link(issued), {"code": issued.code}).status_code == 422
    wrong = [event for event in recorded(Kind.ACCOUNT_CHANGED) if event.action == "first_access.wrong_code"]
    assert [event.detail["failures"] for event in wrong] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("change", ["late", "closed", "suspended"])
def test_a_late_one_and_one_of_a_closed_account_or_agency_open_nothing(
    issued: first_access.Issued, change: str
) -> None:
    user = issued.access.user
    if change == "late":
        FirstAccess.objects.filter(pk=issued.access.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    elif change == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        type(user.agency).objects.filter(pk=user.agency_id).update(suspended_at=timezone.now())
    assert Client().post(link(issued), {"code": issued.code}).status_code == 422


def test_a_newer_one_takes_its_place_even_half_way(issued: first_access.Issued) -> None:
    client = proven(issued)
    client.get(f"{link(issued)}conta/")
    again = first_access.issue(user=issued.access.user, by=BY)
    assert client.get(f"{link(issued)}conta/").url == link(issued)
    assert proven(again).get(f"{link(again)}conta/").status_code == 200


def test_the_second_page_is_only_for_the_browser_where_the_code_was_typed(issued: first_access.Issued) -> None:
    proven(issued)
    assert Client().get(f"{link(issued)}conta/").url == link(issued)


@pytest.mark.parametrize(
    "changes",
    [
        {"new_password1": "curta", "new_password2": "curta"},
        {"new_password2": "outra coisa bem diferente"},
        {"new_password1": "senhasenhasenhasenha", "new_password2": "senhasenhasenhasenha"},
        {"otp_token": "abc"},
    ],
)
def test_what_is_wrong_leaves_everything_to_be_tried_again(
    issued: first_access.Issued, changes: dict[str, str]
) -> None:
    client = proven(issued)
    client.get(f"{link(issued)}conta/")
    assert finish(client, issued, **changes).status_code == 422
    assert not User.objects.get(pk=issued.access.user.pk).has_usable_password()
    assert finish(client, issued).status_code == 302


def test_a_wrong_code_of_the_authenticator_confirms_nothing(issued: first_access.Issued) -> None:
    client = proven(issued)
    client.get(f"{link(issued)}conta/")
    wrong = f"{(int(doors.code(issued.access.user)) + 500_000) % 1_000_000:06d}"
    assert finish(client, issued, otp_token=wrong).status_code == 422
    assert not TOTPDevice.objects.get(user=issued.access.user).confirmed


def test_a_new_first_access_ends_what_the_account_had() -> None:
    user = make_user()
    client = doors.session(user, make_purpose(user))
    AuthToken.objects.create(user=user)
    first_access.issue(user=user, by=BY)
    assert client.get("/busca/").status_code == 302
    assert not AuthToken.objects.filter(user=user).exists()
    assert not TOTPDevice.objects.filter(user=user).exists()


def test_the_link_leaves_by_mail_and_the_code_by_the_page() -> None:
    staff = make_staff()
    request = make_request(staff.focal, email="ana@orgao.exemplo")
    client = doors.session(staff.manager)
    page = client.post(f"/solicitacoes/{request.pk}/decidir/", {"decision": "aprovar"}).content.decode()
    [message] = mail.outbox
    access = FirstAccess.objects.get()
    address = re.search(r"http\S+", message.body)
    assert address is not None
    assert urlsplit(address[0]).path == f"/primeiro-acesso/{access.pk}/"
    assert message.to == ["ana@orgao.exemplo"]
    code = re.search(r'people-code mono">([a-z2-9]{5}-[a-z2-9]{5})<', page)
    assert code is not None
    assert code[1] not in message.body
    assert str(access.pk) not in page
    assert request.full_name not in message.body
    assert Client().post(urlsplit(address[0]).path, {"code": code[1]}).status_code == 302


def test_mail_that_does_not_go_is_said_and_the_link_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **named: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail_lib, "send_mail", fail)
    staff = make_staff()
    request = make_request(staff.focal, role=Role.AGENT)
    page = doors.session(staff.manager).post(f"/solicitacoes/{request.pk}/decidir/", {"decision": "aprovar"})
    access = FirstAccess.objects.get()
    assert f"/primeiro-acesso/{access.pk}/" in page.content.decode()
    assert not access.mailed
