"""An access request from the asking to the account: who may take each step, and what it leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from audit.events import Kind
from credentialing import policy, tasks
from credentialing.activities import Activity
from credentialing.delegation import ASKS, DECIDES
from credentialing.models import AccessRequest, Agency, Conduct, FirstAccess, RequestState, User
from credentialing.requests import asking, checking, conduct, deciding
from credentialing.requests.asking import Refused
from credentialing.roles import Role
from tests.events import recorded
from tests.factories.access import BY, Says, Staff, make_cpf, make_request, make_staff
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def staff() -> Staff:
    return make_staff()


class Silent:
    def ask(self, subject: conduct.Subject) -> conduct.Answer:
        raise conduct.Unavailable("timeout")


def steps(request: AccessRequest) -> list[str]:
    return list(request.steps.values_list("what", flat=True))


class TestAsking:
    @pytest.mark.parametrize("role", Role)
    def test_only_those_who_may_ask_for_the_profile_do(self, role: Role) -> None:
        asker = make_user(role=role)
        for wanted in Role:
            if wanted in ASKS.get(role, ()):
                assert make_request(asker, checked=False, role=wanted).state == RequestState.CHECKING
            else:
                with pytest.raises(PermissionDenied):
                    make_request(asker, checked=False, role=wanted)

    def test_the_cpf_is_kept_encrypted_and_told_to_nobody(self, staff: Staff) -> None:
        number = make_cpf()
        request = make_request(staff.focal, checked=False, cpf=number)
        row = AccessRequest.objects.filter(pk=request.pk).values().get()
        assert number not in str({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()})
        assert request.told.cpf == number
        assert number not in str([event.detail for event in recorded(Kind.ACCESS_REQUEST)])

    def test_a_token_moved_to_another_request_does_not_open(self, staff: Staff) -> None:
        one, other = make_request(staff.focal), make_request(staff.focal)
        AccessRequest.objects.filter(pk=one.pk).update(token=other.token)
        with pytest.raises(ValueError, match="another place"):
            _ = AccessRequest.objects.get(pk=one.pk).told

    def test_one_person_has_one_open_request_and_one_open_account(self, staff: Staff) -> None:
        number = make_cpf()
        first = make_request(staff.focal, cpf=number)
        elsewhere = make_staff("PP-SE")
        with pytest.raises(Refused, match="access request refused"):
            make_request(elsewhere.focal, cpf=number)
        deciding.approve(request=first.pk, decider=staff.manager, by=BY)
        with pytest.raises(Refused):
            make_request(elsewhere.focal, cpf=number)

    def test_nobody_asks_for_what_they_do_not_hold(self, staff: Staff) -> None:
        User.objects.filter(pk=staff.manager.pk).update(activities=[Activity.ESCORT])
        manager = User.objects.get(pk=staff.manager.pk)
        with pytest.raises(Refused):
            make_request(manager, activities=[Activity.ESCORT, Activity.FRAUD])
        assert make_request(manager, activities=[Activity.ESCORT]).activities == [Activity.ESCORT]

    def test_only_the_asker_takes_it_back_and_only_while_open(self, staff: Staff) -> None:
        request = make_request(staff.focal)
        with pytest.raises(PermissionDenied):
            asking.withdraw(request=request.pk, asker=staff.manager, by=BY)
        asking.withdraw(request=request.pk, asker=staff.focal, by=BY)
        with pytest.raises(Refused):
            asking.withdraw(request=request.pk, asker=staff.focal, by=BY)
        with pytest.raises(Refused):
            deciding.approve(request=request.pk, decider=staff.manager, by=BY)


class TestChecking:
    @pytest.mark.parametrize("failure", [None, OperationalError])
    def test_a_worker_is_asked_at_once_and_a_queue_that_is_away_loses_nothing(
        self, staff: Staff, failure: type[Exception] | None, django_capture_on_commit_callbacks: Any, monkeypatch: Any
    ) -> None:
        sent: list[str] = []

        def send(task: str) -> None:
            sent.append(task)
            if failure:
                raise failure

        monkeypatch.setattr("credentialing.requests.asking.current_app.send_task", send)
        with django_capture_on_commit_callbacks(execute=True):
            request = make_request(staff.focal, checked=False)
        assert sent == [tasks.check_conduct.name]
        # What beat asks each minute finds it all the same.
        assert list(AccessRequest.objects.to_check(timezone.now())) == [request]

    def test_an_answer_leads_on_to_the_decision(self, staff: Staff) -> None:
        request = make_request(staff.focal, checked=False)
        says = Says()
        assert checking.check_due(by=BY, service=lambda: says) == 1
        request.refresh_from_db()
        assert (request.state, request.conduct) == (RequestState.WAITING, Conduct.CLEAR)
        assert says.asked == [
            conduct.Subject(request=str(request.pk), cpf=request.told.cpf, full_name=request.full_name)
        ]
        assert checking.check_due(by=BY, service=lambda: says) == 0

    def test_silence_waits_longer_each_time_and_never_approves(self, staff: Staff) -> None:
        request = make_request(staff.focal, checked=False)
        waits = []
        for _ in range(9):
            AccessRequest.objects.filter(pk=request.pk).update(next_check_at=timezone.now())
            before = timezone.now()
            assert checking.check_due(by=BY, service=Silent) == 0
            request.refresh_from_db()
            waits.append(round((request.next_check_at - before) / timedelta(minutes=1)))
        assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
        assert (request.state, request.conduct) == (RequestState.CHECKING, Conduct.UNAVAILABLE)
        assert steps(request) == ["asked", "unavailable"]
        with pytest.raises(Refused):
            deciding.approve(request=request.pk, decider=staff.manager, by=BY)
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessRequest.objects.filter(pk=request.pk).update(state=RequestState.APPROVED)

    def test_an_answer_after_silence_is_taken(self, staff: Staff) -> None:
        request = make_request(staff.focal, checked=False)
        checking.check(request, by=BY, service=Silent)
        checking.check(request, by=BY, service=Says)
        assert steps(request) == ["asked", "unavailable", "clear"]

    def test_an_answer_for_one_withdrawn_meanwhile_changes_nothing(self, staff: Staff) -> None:
        request = make_request(staff.focal, checked=False)
        asking.withdraw(request=request.pk, asker=staff.focal, by=BY)
        checking.check(request, by=BY, service=Says)
        request.refresh_from_db()
        assert (request.state, request.conduct) == (RequestState.WITHDRAWN, Conduct.PENDING)


class TestDeciding:
    @pytest.mark.parametrize("role", Role)
    def test_only_those_who_may_decide_on_the_profile_do(self, staff: Staff, role: Role) -> None:
        decider = staff.centre if role == Role.GENERAL_ADMIN else make_user(role=role, agency=staff.agency)
        for wanted in ASKS[Role.FOCAL_POINT]:
            request = make_request(staff.focal, role=wanted)
            assert policy.may_decide(decider, request) == (wanted in DECIDES.get(role, ()))
            if wanted not in DECIDES.get(role, ()):
                with pytest.raises(PermissionDenied):
                    deciding.approve(request=request.pk, decider=decider, by=BY)
                with pytest.raises(PermissionDenied):
                    deciding.refuse(request=request.pk, decider=decider, note="x" * 20, by=BY)

    def test_nobody_decides_their_own_nor_anothers_agency(self, staff: Staff) -> None:
        request = make_request(staff.focal)
        for stranger in (staff.focal, make_staff("PP-SE").focal):
            with pytest.raises(PermissionDenied):
                deciding.approve(request=request.pk, decider=stranger, by=BY)
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessRequest.objects.filter(pk=request.pk).update(state=RequestState.REFUSED, decided_by=staff.focal)

    def test_an_approval_makes_an_account_that_nobody_enters_yet(self, staff: Staff) -> None:
        request = make_request(staff.focal, full_name="Ana Paula de Conceição", activities=[Activity.ESCORT])
        issued = deciding.approve(request=request.pk, decider=staff.manager, by=BY)
        user = issued.access.user
        assert (user.username, user.role, user.agency) == ("ana.conceicao", Role.AGENT, staff.agency)
        assert (user.granted_by, user.activities) == (staff.manager, [Activity.ESCORT])
        assert not user.has_usable_password()
        assert issued.code not in str(FirstAccess.objects.filter(user=user).values())
        assert steps(request) == ["asked", "clear", "approved"]
        told = [event.action for event in recorded(Kind.ACCESS_REQUEST, Kind.ACCOUNT_CHANGED)]
        assert told == ["request.asked", "request.clear", "request.approved", "first_access.issue"]

    def test_names_are_told_apart(self, staff: Staff) -> None:
        made = [make_request(staff.focal, full_name="José Álvares") for _ in range(3)]
        names = [deciding.approve(request=one.pk, decider=staff.manager, by=BY).access.user.username for one in made]
        assert names == ["jose.alvares", "jose.alvares2", "jose.alvares3"]

    def test_notes_are_approved_only_with_a_reason(self, staff: Staff) -> None:
        request = make_request(staff.focal, notes=("Sindicância.",))
        with pytest.raises(Refused):
            deciding.approve(request=request.pk, decider=staff.manager, by=BY)
        reason = "Sindicância arquivada em 2024, conforme a corregedoria."
        deciding.approve(request=request.pk, decider=staff.manager, note=reason, by=BY)
        request.refresh_from_db()
        assert (request.note, request.told.notes) == (reason, ("Sindicância.",))

    def test_a_refusal_says_why_and_frees_the_person(self, staff: Staff) -> None:
        number = make_cpf()
        request = make_request(staff.focal, cpf=number)
        with pytest.raises(Refused):
            deciding.refuse(request=request.pk, decider=staff.manager, note="não", by=BY)
        deciding.refuse(request=request.pk, decider=staff.manager, note="Não atua na escolta do órgão.", by=BY)
        assert make_request(staff.focal, cpf=number).state == RequestState.WAITING

    def test_what_the_decider_lost_meanwhile_is_not_granted(self, staff: Staff) -> None:
        request = make_request(staff.focal, activities=[Activity.FRAUD])
        User.objects.filter(pk=staff.manager.pk).update(activities=[Activity.ESCORT])
        with pytest.raises(Refused):
            deciding.approve(request=request.pk, decider=User.objects.get(pk=staff.manager.pk), by=BY)

    def test_the_first_manager_is_bound_by_the_focal_point_and_the_focal_point_by_none(self, staff: Staff) -> None:
        User.objects.filter(pk=staff.manager.pk).update(is_active=False)
        for role, giver in ((Role.REGIONAL_MANAGER, staff.focal), (Role.CORREGEDOR, None), (Role.FOCAL_POINT, None)):
            request = make_request(staff.focal, role=role)
            made = deciding.approve(request=request.pk, decider=staff.centre, by=BY).access.user
            assert made.granted_by == giver

    def test_a_closed_agency_asks_and_decides_nothing(self, staff: Staff) -> None:
        request = make_request(staff.focal)
        Agency.objects.filter(pk=staff.agency.pk).update(suspended_at=timezone.now())
        focal, manager = (User.objects.get(pk=one.pk) for one in (staff.focal, staff.manager))
        with pytest.raises(PermissionDenied):
            make_request(focal)
        with pytest.raises(PermissionDenied):
            deciding.approve(request=request.pk, decider=manager, by=BY)
