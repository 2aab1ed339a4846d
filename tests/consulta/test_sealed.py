"""A sealed person through the gate: who is admitted sees them with a fresh second factor, and the audit marks it."""

import pytest

from audit.events import Kind, system
from credentialing.models import Purpose
from credentialing.roles import Role
from registry.models import SealLevel
from registry.services import sealing
from tests import doors
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def address(purpose: Purpose) -> str:
    """A person sealed for the purpose's agency."""
    he = make.make_prisoner()
    sealing.seal(
        person=he.person.public_id, level=SealLevel.AGENCY, agency=purpose.user.agency.acronym, reason="Proteção.",
        ordered_by="Vara fictícia", until=None, by=system("test"),
    )  # fmt: skip
    return f"/pessoas/{he.person.public_id}/"


def test_a_fresh_factor_opens_it_and_an_old_one_does_not(purpose: Purpose, address: str) -> None:
    assert doors.session(purpose.user, purpose, elevated=False).get(address).status_code == 404
    assert doors.session(purpose.user, purpose).get(address).status_code == 200
    assert recorded(Kind.DISCLOSURE)[-1].detail["sealed"] == [address.split("/")[2]]


def test_a_fresh_token_opens_it(purpose: Purpose, address: str) -> None:
    assert doors.token(purpose.user, purpose).get(f"/api/v1/people/{address.split('/')[2]}/").status_code == 200


def test_the_menu_leads_whoever_consults_to_make_the_factor_fresh(purpose: Purpose) -> None:
    link = 'href="/confirmar/"'
    assert link in doors.session(purpose.user, purpose, elevated=False).get("/ajuda/").content.decode()
    # Whether or not a seal admits them: the link is no sign of one.
    assert link in doors.session(make_user(role=Role.IDENTITY_REVIEWER)).get("/ajuda/").content.decode()
    assert link not in doors.session(make_user(role=Role.STATISTICIAN)).get("/ajuda/").content.decode()
