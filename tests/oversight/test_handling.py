"""From the alert to the verdict: who may do what, when, and what is on record."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.events import Kind
from credentialing.models import Agency, User
from credentialing.roles import Role
from oversight.headcount import Crowded, crowded
from oversight.models import Alert, AlertSign, Cause, State, StepKind, Verdict
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WORDS = "Conferência do que foi consultado na semana."


@pytest.fixture
def agent() -> User:
    return make_user()


@pytest.fixture
def case(agent: User) -> Alert:
    made = Alert.objects.create(user=agent, week=date(2026, 5, 4), cause=Cause.SIGNS, score=5)
    AlertSign.objects.create(alert=made, name="own_name", weight=5, words="Buscou o próprio nome 1 vez.", evidence=[7])
    return made


@pytest.fixture
def corregedor(agent: User) -> Client:
    return doors.session(make_user(role=Role.CORREGEDOR))


def take(client: Client, case: Alert, step: StepKind, words: str = WORDS) -> int:
    return client.post(f"/desvios/{case.pk}/andamento/", {"step": step.value, "words": words}).status_code


def hear(case: Alert, agent: User, corregedor: Client, *, confirmed: str = "nao") -> None:
    assert take(corregedor, case, StepKind.ASK) == 302
    assert doors.session(agent).post(f"/explicacoes/{case.pk}/", {"words": WORDS}).status_code == 302
    superior = doors.session(make_user(role=Role.REGIONAL_MANAGER))
    given = {"confirmed": confirmed, "words": WORDS}
    assert superior.post(f"/confirmacoes/{case.pk}/", given).status_code == 302


def test_from_the_question_to_the_block_every_step_is_on_record(case: Alert, agent: User, corregedor: Client) -> None:
    hear(case, agent, corregedor)
    assert take(corregedor, case, StepKind.MISUSE) == 302
    assert take(corregedor, case, StepKind.BLOCK) == 302
    assert take(corregedor, case, StepKind.REFER) == 302
    case.refresh_from_db()
    agent.refresh_from_db()
    assert (case.state, case.verdict, agent.frozen_at is not None) == (State.CLOSED, Verdict.MISUSE, True)
    taken = [event.action for event in recorded(Kind.ALERT_HANDLED)]
    assert taken == ["ask", "explain", "contest", "misuse", "block", "refer"]
    assert all(WORDS not in str(event.detail) for event in recorded(Kind.ALERT_HANDLED))
    assert [step.words for step in case.steps.all()] == [WORDS] * 6


def test_nobody_is_found_guilty_unheard_unless_the_term_went_by(case: Alert, corregedor: Client) -> None:
    assert take(corregedor, case, StepKind.MISUSE) == 422
    assert take(corregedor, case, StepKind.ASK) == 302
    assert take(corregedor, case, StepKind.MISUSE) == 422
    Alert.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert take(corregedor, case, StepKind.MISUSE) == 302
    case.refresh_from_db()
    assert case.verdict == Verdict.MISUSE


def test_a_justified_week_needs_no_question_and_may_be_opened_again(case: Alert, corregedor: Client) -> None:
    take(corregedor, case, StepKind.JUSTIFIED)
    case.refresh_from_db()
    assert (case.state, case.verdict) == (State.CLOSED, Verdict.JUSTIFIED)
    take(corregedor, case, StepKind.REOPEN)
    case.refresh_from_db()
    assert (case.state, case.verdict) == (State.OPEN, Verdict.NONE)
    assert [step.kind for step in case.steps.all()] == [StepKind.JUSTIFIED, StepKind.REOPEN]


def test_another_agencys_corregedor_and_the_centre_do_not_find_it(case: Alert) -> None:
    other = make_user(role=Role.CORREGEDOR, agency=make_agency("PP-SP"))
    for judge in (other, make_user(role=Role.GENERAL_ADMIN)):
        client = doors.session(judge)
        assert client.get(f"/desvios/{case.pk}/").status_code == 404
        assert take(client, case, StepKind.JUSTIFIED) == 404
        assert case.user.username not in client.get("/desvios/").content.decode()


def test_the_centre_judges_corregedores_and_nobody_themself() -> None:
    judge, other = make_user(role=Role.CORREGEDOR), make_user(role=Role.CORREGEDOR)
    admin = make_user(role=Role.GENERAL_ADMIN)
    cases = [Alert.objects.create(user=user, week=date(2026, 5, 4), cause=Cause.SAMPLE) for user in (judge, admin)]
    for user, seen in ((judge, [404, 404]), (other, [404, 404]), (admin, [200, 404])):
        client = doors.session(user)
        assert [client.get(f"/desvios/{case.pk}/").status_code for case in cases] == seen


def test_only_who_was_asked_explains_and_only_another_confirms(case: Alert, agent: User, corregedor: Client) -> None:
    assert doors.session(agent).post(f"/explicacoes/{case.pk}/", {"words": WORDS}).status_code == 404
    take(corregedor, case, StepKind.ASK)
    assert doors.session(make_user()).post(f"/explicacoes/{case.pk}/", {"words": WORDS}).status_code == 404
    manager = make_user(role=Role.REGIONAL_MANAGER)
    mine = Alert.objects.create(user=manager, week=case.week, cause=Cause.SIGNS, state=State.EXPLAINED)
    given = {"confirmed": "sim", "words": WORDS}
    assert doors.session(manager).post(f"/confirmacoes/{mine.pk}/", given).status_code == 404
    other = make_user(role=Role.FOCAL_POINT, agency=make_agency("PP-SP"))
    assert doors.session(other).post(f"/confirmacoes/{mine.pk}/", given).status_code == 404
    assert doors.session(make_user(role=Role.FOCAL_POINT)).post(f"/confirmacoes/{mine.pk}/", given).status_code == 302


def test_what_was_seen_is_told_to_the_corregedor_alone(case: Alert, agent: User, corregedor: Client) -> None:
    take(corregedor, case, StepKind.ASK)
    page = doors.session(agent).get("/explicacoes/").content.decode()
    assert WORDS in page
    assert "próprio nome" not in page
    assert "próprio nome" in corregedor.get(f"/desvios/{case.pk}/").content.decode()


def test_reading_the_queue_and_a_case_is_on_record(case: Alert, corregedor: Client) -> None:
    corregedor.get("/desvios/")
    corregedor.get(f"/desvios/{case.pk}/")
    read = [(event.action, event.detail.get("alert")) for event in recorded(Kind.AUDIT_READ)]
    assert read == [("alerts", None), ("alert", case.pk)]


def test_a_misuse_verdict_asks_for_a_fresh_second_factor(case: Alert, agent: User, corregedor: Client) -> None:
    hear(case, agent, corregedor)
    old = doors.session(make_user(role=Role.CORREGEDOR), elevated=False)
    answer = old.post(f"/desvios/{case.pk}/andamento/", {"step": "misuse", "words": WORDS})
    assert answer.status_code == 302
    assert answer.url.startswith("/confirmar/")
    case.refresh_from_db()
    assert case.state == State.CONFIRMED


def test_padding_is_no_reason(case: Alert, corregedor: Client) -> None:
    assert take(corregedor, case, StepKind.JUSTIFIED, words="ok" + " " * 40) == 422
    assert case.steps.count() == 0


def test_more_accounts_than_people_are_the_centres_to_see() -> None:
    crowd, silent = make_agency("PP-CE"), make_agency("PP-PI")
    for agency, headcount in ((crowd, 1), (silent, 0)):
        Agency.objects.filter(pk=agency.pk).update(headcount=headcount)
        make_user(agency=agency)
        make_user(agency=agency)
    make_user(agency=crowd, is_active=False)
    assert crowded() == [Crowded("PP-CE", 1, 2)]
    centre = doors.session(make_user(role=Role.GENERAL_ADMIN)).get("/desvios/").content.decode()
    assert "2 contas abertas para um efetivo de 1" in centre
    overseer = doors.session(make_user(role=Role.CORREGEDOR, agency=crowd)).get("/desvios/").content.decode()
    assert "Mais contas que efetivo" not in overseer
