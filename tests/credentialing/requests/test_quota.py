"""Gestores regionais: never more than 1 % of the staff, however many are approved at once."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from credentialing.models import Ending, User
from credentialing.people import lifecycle
from credentialing.requests import deciding, quota
from credentialing.roles import Role
from tests.factories.access import BY, make_request, make_staff
from tests.factories.credentialing import make_user

# `QUOTA_CREATIONS=200` is what docs/operacao/credenciamento.md says was run.
CREATIONS = int(os.environ.get("QUOTA_CREATIONS", "24"))
AT_ONCE = 8


@pytest.mark.parametrize(("headcount", "most"), [(0, 1), (1, 1), (99, 1), (199, 1), (200, 2), (399, 3), (12_345, 123)])
def test_one_in_a_hundred_and_at_least_one(headcount: int, most: int) -> None:
    assert quota.most(headcount) == most


@pytest.mark.usefixtures("committed")
def test_approvals_at_once_never_exceed_it() -> None:
    staff = make_staff(headcount=500)
    second = make_user(role=Role.FOCAL_POINT, agency=staff.agency)
    waiting = [make_request(staff.focal, role=Role.REGIONAL_MANAGER).pk for _ in range(CREATIONS)]

    def approve(pk: object) -> str:
        try:
            deciding.approve(request=pk, decider=second, by=BY)  # type: ignore[arg-type]
        except quota.QuotaReached:
            return "full"
        finally:
            for alias in ("default", "audit"):
                connections[alias].close()
        return "made"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(approve, waiting))
    # One is there already.
    assert outcomes.count("made") == 4
    assert outcomes.count("full") == CREATIONS - 4
    assert quota.held(staff.agency.pk) == 5


@pytest.mark.django_db(databases=["default", "audit"])
def test_whoever_leaves_makes_room_and_does_not_come_back_over_it() -> None:
    staff = make_staff(headcount=50)
    second = make_user(role=Role.FOCAL_POINT, agency=staff.agency)
    request = make_request(staff.focal, role=Role.REGIONAL_MANAGER)
    with pytest.raises(quota.QuotaReached) as full:
        deciding.approve(request=request.pk, decider=second, by=BY)
    assert "(1)" in full.value.message
    given = {"user": staff.manager.pk, "manager": staff.focal, "by": BY}
    lifecycle.end(ending=Ending.PREVENTIVE, note="Afastado por cautela do órgão.", **given)
    deciding.approve(request=request.pk, decider=second, by=BY)
    with pytest.raises(quota.QuotaReached):
        lifecycle.reopen(note="Voltou ao serviço.", **given)
    assert not User.objects.get(pk=staff.manager.pk).is_active
