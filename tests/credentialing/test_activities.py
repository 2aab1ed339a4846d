"""*Atividades finalísticas*: which functions a person is shown, within the term and what was delegated."""

from collections.abc import Callable

import pytest

from credentialing import policy
from credentialing.activities import BOUND, OPENS, Activity, opened
from credentialing.models import Agency, User
from credentialing.roles import PERMISSIONS, Permission, Role
from tests import doors
from tests.factories.credentialing import make_agency, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

JUSTIFIED = {"case_reference": "IP 12/2026", "justification": "Localizar o investigado para intimação."}


def allowed(user: User) -> set[Permission]:
    """What the account may do, read anew as a request reads it."""
    fresh = User.objects.with_bounds().get(pk=user.pk)
    return {permission for permission in Permission if policy.allows(fresh, permission)}


@pytest.mark.parametrize("activity", Activity)
def test_an_agent_is_shown_what_the_activity_opens_and_the_profile_holds(activity: Activity) -> None:
    user = make_user(activities=[activity])
    unbound = PERMISSIONS[Role.AGENT] - BOUND
    assert allowed(user) == unbound | (PERMISSIONS[Role.AGENT] & OPENS[activity])


def test_without_an_activity_nobody_is_consulted() -> None:
    user = make_user(activities=[])
    assert not allowed(user) & BOUND
    assert doors.session(user).get("/busca/").status_code == 403
    assert doors.token(user).get("/api/v1/purposes/").status_code == 403


def test_an_activity_opens_nothing_that_the_profile_does_not_hold() -> None:
    assert not allowed(make_user(role=Role.REGIONAL_MANAGER)) & BOUND
    assert Permission.REVIEW_IDENTITY not in allowed(make_user())


def test_a_name_that_is_no_activity_opens_nothing() -> None:
    assert opened(["anything", ""]) == frozenset()


def narrow_term(user: User, giver: User, chief: User) -> None:
    Agency.objects.filter(pk=user.agency_id).update(activities=[Activity.ESCORT])


def narrow_giver(user: User, giver: User, chief: User) -> None:
    User.objects.filter(pk=giver.pk).update(activities=[Activity.ESCORT])


def narrow_chief(user: User, giver: User, chief: User) -> None:
    User.objects.filter(pk=chief.pk).update(activities=[Activity.ESCORT])


@pytest.mark.parametrize("narrow", [narrow_term, narrow_giver, narrow_chief])
def test_what_is_narrowed_above_is_narrowed_at_the_next_use(narrow: Callable[[User, User, User], None]) -> None:
    chief = make_user(role=Role.FOCAL_POINT)
    giver = make_user(role=Role.REGIONAL_MANAGER, granted_by=chief)
    user = make_user(granted_by=giver, activities=[Activity.ESCORT, Activity.INVESTIGATION])
    client = doors.session(user, make_purpose(user))
    assert Permission.SEE_LAWYERS in allowed(user)
    narrow(user, giver, chief)
    assert policy.activities(User.objects.get(pk=user.pk)) == {Activity.ESCORT}
    assert Permission.SEE_LAWYERS not in allowed(user)
    assert b"Investiga\xc3\xa7\xc3\xa3o criminal" not in client.get("/finalidade/").content


def test_a_term_without_activities_closes_consultation_at_the_next_request() -> None:
    user = make_user(agency=make_agency("PP-SE"))
    client = doors.session(user, make_purpose(user))
    assert client.get("/busca/").status_code == 200
    Agency.objects.filter(pk=user.agency_id).update(activities=[])
    assert client.get("/busca/").status_code == 403


def test_a_purpose_serves_only_an_activity_of_ones_own() -> None:
    user = make_user(activities=[Activity.ESCORT])
    page = doors.session(user).post("/finalidade/", {"activity": Activity.FRAUD, **JUSTIFIED}).content.decode()
    assert "Você não está credenciado para esta atividade." in page
    told = {"activity": Activity.FRAUD, **JUSTIFIED}
    assert doors.token(user).post("/api/v1/purposes/", told, content_type="application/json").status_code == 400
    assert not user.purposes.exists()
    assert doors.session(user).post("/finalidade/", {"activity": Activity.ESCORT, **JUSTIFIED}).status_code == 302
