"""Accounts after their approval: closed by hand, by disuse, without attestation; opened again; narrowed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from knox.models import AuthToken

from audit.events import Kind
from credentialing import policy
from credentialing.activities import Activity
from credentialing.delegation import ATTESTS, MANAGES
from credentialing.models import Ending, User
from credentialing.people import lifecycle
from credentialing.requests.asking import Refused
from credentialing.roles import Role
from credentialing.services import tokens
from tests import doors
from tests.events import recorded
from tests.factories.access import BY, Staff, make_staff
from tests.factories.credentialing import make_agency, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WHY = "Pediu exoneração em novembro."


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def aged(user: User, **days: int) -> User:
    """The account with these moments so many days ago."""
    User.objects.filter(pk=user.pk).update(**{name: timezone.now() - timedelta(days=n) for name, n in days.items()})
    return User.objects.get(pk=user.pk)


def told() -> list[tuple[str, Any]]:
    return [(event.action, event.detail["username"]) for event in recorded(Kind.ACCOUNT_CHANGED)]


class TestEnding:
    def test_session_and_token_close_by_the_next_request(self, staff: Staff) -> None:
        user = make_user()
        purpose = make_purpose(user)
        page, program = doors.session(user, purpose), doors.token(user, purpose)
        assert page.get("/busca/").status_code == 200
        assert program.get("/api/v1/purposes/").status_code == 200
        lifecycle.end(user=user.pk, ending=Ending.LEAVER, note=WHY, manager=staff.manager, by=BY)
        assert page.get("/busca/").url.startswith("/entrar/")
        assert program.get("/api/v1/purposes/").status_code == 401
        assert not AuthToken.objects.filter(user=user).exists()
        held = User.objects.get(pk=user.pk)
        assert (held.is_active, held.ending, held.ending_note) == (False, Ending.LEAVER, WHY)
        assert told() == [("account.end", user.username)]

    @pytest.mark.parametrize("role", Role)
    def test_only_whoever_answers_for_the_profile_does(self, role: Role) -> None:
        manager = make_user(role=role)
        for other_role in Role:
            other = make_user(role=other_role)
            may = other_role in MANAGES.get(role, ())
            assert policy.may_manage(manager, other) == may
            assert policy.may_attest(manager, other) == (other_role in ATTESTS.get(role, ()))
            if not may:
                with pytest.raises(PermissionDenied):
                    lifecycle.end(user=other.pk, ending=Ending.LEAVER, note=WHY, manager=manager, by=BY)

    def test_nobody_ends_their_own_nor_anothers_agency(self, staff: Staff) -> None:
        stranger = make_user(agency=make_agency("PP-SE"))
        for manager, other in ((staff.centre, staff.centre), (staff.focal, stranger), (staff.manager, stranger)):
            with pytest.raises(PermissionDenied):
                lifecycle.end(user=other.pk, ending=Ending.LEAVER, note=WHY, manager=manager, by=BY)
        lifecycle.end(user=stranger.pk, ending=Ending.LEAVER, note=WHY, manager=staff.centre, by=BY)

    def test_a_leaver_is_asked_for_anew(self, staff: Staff) -> None:
        user = make_user()
        given = {"user": user.pk, "manager": staff.focal, "by": BY}
        lifecycle.end(ending=Ending.LEAVER, note=WHY, **given)
        with pytest.raises(Refused):
            lifecycle.reopen(note=WHY, **given)
        with pytest.raises(Refused):
            lifecycle.end(ending=Ending.LEAVER, note=WHY, **given)


class TestIdleness:
    def test_ninety_days_close_and_seventy_five_warn_once(self, staff: Staff) -> None:
        gone = aged(make_user(), enabled_at=200, last_login=90)
        warned = aged(make_user(email="agente@orgao.exemplo"), enabled_at=200, last_login=80)
        here = aged(make_user(), enabled_at=200, last_login=74)
        never = aged(make_user(), enabled_at=91)
        young = aged(make_user(), enabled_at=10)
        assert lifecycle.close_idle(by=BY) == 2
        assert lifecycle.close_idle(by=BY) == 0
        closed = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
        assert closed == {gone.pk, never.pk}
        assert set(User.objects.filter(is_active=False).values_list("ending", flat=True)) == {Ending.IDLE}
        assert [message.to for message in mail.outbox] == [["agente@orgao.exemplo"]]
        assert warned.full_name not in mail.outbox[0].body
        assert ("account.idle_warning", warned.username) in told()
        assert {here.pk, young.pk}.isdisjoint(closed)

    def test_whoever_was_warned_and_entered_is_warned_again_the_next_time(self) -> None:
        user = aged(make_user(email="a@orgao.exemplo"), enabled_at=400, last_login=80, idle_warned_at=100)
        lifecycle.close_idle(by=BY)
        lifecycle.close_idle(by=BY)
        assert len(mail.outbox) == 1
        assert user.is_active

    def test_a_token_is_use(self) -> None:
        user = aged(make_user(), enabled_at=200, last_login=90)
        tokens.issue(user=user, by=BY)
        assert lifecycle.close_idle(by=BY) == 0

    def test_opened_again_it_begins_anew(self, staff: Staff) -> None:
        user = aged(make_user(), enabled_at=200, last_login=90)
        lifecycle.close_idle(by=BY)
        with pytest.raises(Refused):  # a gestor does not attest
            lifecycle.reopen(user=user.pk, note=WHY, manager=staff.manager, by=BY)
        lifecycle.reopen(user=user.pk, note="Voltou de licença.", manager=staff.focal, by=BY)
        assert lifecycle.close_idle(by=BY) == 0
        held = User.objects.get(pk=user.pk)
        assert (held.is_active, held.ending, held.attested_by) == (True, "", staff.focal)


class TestAttestation:
    def test_a_year_without_one_closes(self, staff: Staff) -> None:
        late, near = aged(make_user(), attested_at=365), aged(make_user(), attested_at=364)
        client = doors.session(late)
        assert lifecycle.close_unattested(by=BY) == 1
        assert client.get("/minha-conta/").url.startswith("/entrar/")
        assert User.objects.get(pk=late.pk).ending == Ending.NOT_ATTESTED
        assert User.objects.get(pk=near.pk).is_active

    def test_the_last_administrator_stays(self, staff: Staff) -> None:
        other = aged(make_user(role=Role.GENERAL_ADMIN, agency=staff.centre.agency), attested_at=400)
        aged(staff.centre, attested_at=400)
        assert lifecycle.close_unattested(by=BY) == 1
        assert lifecycle.close_unattested(by=BY) == 0
        assert User.objects.filter(role=Role.GENERAL_ADMIN, is_active=True).count() == 1
        assert {staff.centre.pk, other.pk} & set(User.objects.filter(is_active=False).values_list("pk", flat=True))

    def test_the_ponto_focal_attests_many_at_once(self, staff: Staff) -> None:
        many = [aged(make_user(), attested_at=340) for _ in range(3)]
        assert lifecycle.attest(users=[one.pk for one in many], manager=staff.focal, by=BY) == 3
        assert not User.objects.filter(lifecycle.due_for_attestation(timedelta(days=300))).exists()
        assert [action for action, _ in told()] == ["account.attest"] * 3

    def test_one_that_is_not_theirs_stops_all(self, staff: Staff) -> None:
        mine = aged(make_user(), attested_at=340)
        corregedor = aged(make_user(role=Role.CORREGEDOR), attested_at=340)
        stranger = aged(make_user(agency=make_agency("PP-SE")), attested_at=340)
        for other in (corregedor, stranger, staff.focal):
            with pytest.raises(PermissionDenied):
                lifecycle.attest(users=[mine.pk, other.pk], manager=staff.focal, by=BY)
        assert lifecycle.attest(users=[corregedor.pk, stranger.pk], manager=staff.centre, by=BY) == 2
        assert User.objects.get(pk=mine.pk).attested_at == mine.attested_at


class TestNarrowing:
    def test_what_is_taken_is_gone_at_the_next_use_and_what_is_added_is_the_managers_own(self, staff: Staff) -> None:
        User.objects.filter(pk=staff.manager.pk).update(activities=[Activity.ESCORT, Activity.INVESTIGATION])
        manager = User.objects.get(pk=staff.manager.pk)
        user = make_user(activities=[Activity.FRAUD, Activity.ESCORT])
        given = {"user": user.pk, "manager": manager, "by": BY}
        # What it had from others stays; what the manager does not hold is not added.
        lifecycle.narrow(activities=[Activity.FRAUD], **given)
        with pytest.raises(Refused):
            lifecycle.narrow(activities=[Activity.FRAUD, Activity.INTELLIGENCE], **given)
        lifecycle.narrow(activities=[Activity.INVESTIGATION], **given)
        held = User.objects.get(pk=user.pk)
        assert (held.activities, held.granted_by) == ([Activity.INVESTIGATION], manager)

    def test_the_term_bounds_the_central_body_too(self, staff: Staff) -> None:
        agency = make_agency("PP-SE", activities=[Activity.ESCORT])
        user = make_user(agency=agency, activities=[])
        with pytest.raises(Refused):
            lifecycle.narrow(user=user.pk, activities=[Activity.FRAUD], manager=staff.centre, by=BY)
        lifecycle.narrow(user=user.pk, activities=[Activity.ESCORT], manager=staff.centre, by=BY)
