"""The agreements' board: what is late, who may note that it is met, what is left at the end."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from audit.events import Kind
from credentialing.roles import Role
from ingestion.models import Agreement, AgreementGoal, AgreementStatus, GoalStatus, Rule, RuleChoice, Source
from ingestion.services import agreements, sources
from senappen.embedded.certificates import Authority
from tests import doors
from tests.events import recorded
from tests.factories import adhesion
from tests.factories.credentialing import make_agency, make_user
from tests.factories.ingestion import BY, State, make_source, sign
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def signed(days_ago: int, code: str = "AL") -> Agreement:
    return sign(make_origin(code), signed_on=timezone.localdate() - timedelta(days=days_ago), number=f"{days_ago}/2026")


def board(role: Role = Role.GENERAL_ADMIN, **fields: object) -> str:
    return doors.session(make_user(role=role, **fields)).get("/acordos/").content.decode()


@pytest.mark.parametrize(("days_ago", "late"), [(20, 0), (21, 1), (45, 1), (46, 2), (60, 2), (61, 3)])
def test_a_goal_is_late_the_day_after_its_day_counted_from_the_signing(days_ago: int, late: int) -> None:
    signed(days_ago)
    page = board()
    assert [goal in page for goal in ("(D+20)", "(D+45)", "(D+60)")] == [late > 0, late > 1, late > 2]
    assert f"{late} atrasada" in page if late else "Nenhuma meta atrasada" in page


def test_a_goal_that_is_met_is_late_no_more_and_says_who_answered_for_it() -> None:
    agreement = signed(30)
    goal = agreement.goals.get(deadline_days=20)
    client, address = doors.session(adhesion.make_coordinator()), f"/acordos/{agreement.pk}/metas/{goal.pk}/"
    given = {"status": "done", "responsible": "Beltrana de Teste", "done_on": ""}
    assert client.post(address, given).status_code == 422
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert client.post(address, {**given, "done_on": tomorrow}).status_code == 422
    client.post(address, {**given, "done_on": timezone.localdate()})
    met = AgreementGoal.objects.get(pk=goal.pk)
    assert (met.status, met.done_on, met.responsible) == (GoalStatus.DONE, timezone.localdate(), "Beltrana de Teste")
    assert "(D+20)" not in client.get("/acordos/").content.decode()
    assert [event.action for event in recorded(Kind.CONFIGURED)][-1] == "agreement.goal"


def test_each_reader_sees_the_agreements_of_their_reach() -> None:
    mine, other = signed(10), signed(11, "SE")
    agency = make_agency("PP-AL")
    focal = make_user(role=Role.FOCAL_POINT, agency=agency)
    assert "Nenhum acordo ao seu alcance" in doors.session(focal).get("/acordos/").content.decode()
    Agreement.objects.filter(pk=mine.pk).update(agency=agency)
    client = doors.session(focal)
    assert [client.get(f"/acordos/{one.pk}/").status_code for one in (mine, other)] == [200, 404]
    assert client.post(f"/acordos/{mine.pk}/denunciar/").status_code == 403
    technician = doors.session(make_user(role=Role.STATE_TECHNICIAN, agency=make_agency("PP-SE")))
    assert [technician.get(f"/acordos/{one.pk}/").status_code for one in (mine, other)] == [404, 200]


def test_the_page_keeps_the_history_of_the_rules_the_state_chose(state: State) -> None:
    source = make_source(state)
    sources.change_rule(source=source, rule=Rule.SQL_INTERNET, authority=Authority().pem, by=BY)
    sources.change_rule(source=source, rule=Rule.SQL_INTERNET, by=BY)
    assert [one.rule for one in RuleChoice.objects.filter(origin=source.origin)] == [Rule.SQL_VPN, Rule.SQL_INTERNET]
    page = doors.session(adhesion.make_coordinator()).get(f"/acordos/{Agreement.objects.get().pk}/").content.decode()
    assert page.index(Rule.SQL_INTERNET.label) < page.index(Rule.SQL_VPN.label)


def test_at_the_end_the_page_shows_stopped_sources_and_destroyed_credentials(state: State) -> None:
    source = make_source(state)
    agreement = Agreement.objects.get()
    client = doors.session(adhesion.make_coordinator())
    assert "credenciais guardadas, cifradas" in client.get(f"/acordos/{agreement.pk}/").content.decode()

    client.post(f"/acordos/{agreement.pk}/denunciar/")

    page = client.get(f"/acordos/{agreement.pk}/").content.decode()
    assert "credenciais destruídas" in page
    assert "foi denunciado" in page
    assert not Source.objects.get(pk=source.pk).encrypted_credentials


def test_an_extension_asks_for_the_code_again_and_moves_the_end() -> None:
    agreement = sign(make_origin("AL"), signed_on=date(2024, 3, 15), term_months=60)
    address, user = f"/acordos/{agreement.pk}/prorrogar/", adhesion.make_coordinator()
    stale = doors.session(user, elevated=False).post(address, {"months": 12})
    assert stale.url.startswith("/confirmar/")
    doors.session(user).post(address, {"months": 12})
    assert Agreement.objects.get().ends_on == date(2030, 3, 15)


def test_goals_of_an_agreement_that_ended_are_owed_no_more() -> None:
    agreement = signed(100)
    agreements.denounce(agreement=agreement, by=BY)
    assert Agreement.objects.get().status == AgreementStatus.DENOUNCED
    assert "Nenhuma meta atrasada" in board()
