"""Who sees which origins: the administration all, a state's technician its own, nobody else any."""

import pytest

from credentialing.roles import Role
from ingestion.screens.access import visible_origins, visible_sources
from tests import doors
from tests.factories.credentialing import make_agency, make_user
from tests.factories.ingestion import make_still_source
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def _codes(user: object) -> list[str]:
    return [origin.code for origin in visible_origins(user)]  # type: ignore[arg-type]


def test_the_administration_sees_every_origin() -> None:
    make_origin("AL")
    make_origin("PE")

    assert _codes(make_user(role=Role.GENERAL_ADMIN)) == ["AL", "PE"]


def test_a_technician_sees_the_origins_of_the_agencys_state() -> None:
    make_origin("AL")
    make_origin("PE")

    assert _codes(make_user(role=Role.STATE_TECHNICIAN, agency=make_agency("PP-PE"))) == ["PE"]


def test_a_technician_of_an_agency_without_a_state_sees_none() -> None:
    make_origin("AL")
    central = make_agency("CENTRAL", uf="")

    assert _codes(make_user(role=Role.STATE_TECHNICIAN, agency=central)) == []


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.GENERAL_ADMIN, Role.STATE_TECHNICIAN}])
def test_no_other_profile_sees_any(role: Role) -> None:
    make_origin("AL")

    assert _codes(make_user(role=role)) == []


def test_an_origin_that_changed_rule_shows_the_source_in_use() -> None:
    make_still_source("AL", enabled=False)
    used = make_still_source("AL")
    make_still_source("AL", enabled=False)

    assert list(visible_sources(make_user(role=Role.GENERAL_ADMIN))) == [used]


def test_another_states_source_is_as_absent_as_one_that_does_not_exist() -> None:
    make_still_source("PE")
    client = doors.session(make_user(role=Role.STATE_TECHNICIAN, agency=make_agency("PP-AL")))

    assert client.get("/conectores/PE/").status_code == client.get("/conectores/XX/").status_code == 404
