"""From what was recorded to standing alerts: what explains a use, what is seen, and that looking twice adds nothing."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit import recorder
from audit.events import Event, Kind, system
from credentialing.actors import from_terminal
from credentialing.models import CopiedKey, FreezeCause, Purpose, User
from credentialing.requests.asking import digest, door_digest
from credentialing.roles import Role
from credentialing.services import freezing, purposes
from oversight import crowds, facts, tasks
from oversight.explaining import CASE, MOVED, TEAM
from oversight.models import Alert, AlertSign, Canary, Cause, State, Verdict, WeeklySample
from oversight.models.alert import monday
from oversight.services import sampling, watching
from oversight.signs.acts import OWN_UNIT
from oversight.signs.relations import HOT_NATION
from tests.events import recorded
from tests.factories import registry as make
from tests.factories.credentialing import make_agency, make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
BY = system("test")
NPU = "00000018720248020001"


@pytest.fixture
def user() -> User:
    return make_user(full_name="Ana Paula Quaresma")


def search(user: User, purpose: Purpose | None = None, **asked: str) -> int:
    """One search; the id of its event."""
    intent = Event(
        kind=Kind.INTENT, actor=from_terminal(user), action="search", detail={"asked": asked},
        purpose=purpose.pk if purpose else None, purpose_text=purposes.describe(purpose) if purpose else "",
    )  # fmt: skip
    return recorder.record_now(intent)


def opening(user: User, person: uuid.UUID, purpose: Purpose | None = None) -> int:
    """One profile opened; the id of the answer's event."""
    told = {"actor": from_terminal(user), "action": "profile", "purpose": purpose.pk if purpose else None}
    intent = recorder.record_now(Event(kind=Kind.INTENT, **told))
    return recorder.record_now(Event(kind=Kind.DISCLOSURE, intent=intent, subjects=(person,), **told))


def watch() -> int:
    return watching.watch(make_agency(), monday(timezone.localdate()), by=BY)


def test_a_sign_becomes_an_alert_once_with_the_events_it_speaks_of(user: User) -> None:
    event = search(user, name="Ana Paula Quaresma")
    assert watch() == 1
    alert = Alert.objects.get()
    assert (alert.user, alert.cause, alert.score, alert.evidence) == (user, Cause.SIGNS, 5, [event])
    assert [sign.words for sign in alert.signs.all()] == ["Buscou o próprio nome ou CPF 1 vez."]
    assert watch() == 0
    assert Alert.objects.count() == 1
    assert [event.detail["signs"] for event in recorded(Kind.ALERT_RAISED)] == [["own_name"]]
    assert recorded(Kind.AUDIT_READ)[0].action == "misuse"


def test_ones_own_and_a_colleagues_cpf_are_seen_by_their_digest_alone(user: User) -> None:
    mine, theirs, others = make.make_cpf(1), make.make_cpf(2), make.make_cpf(3)
    User.objects.filter(pk=user.pk).update(cpf_digest=digest(mine))
    User.objects.filter(pk=make_user().pk).update(cpf_digest=digest(theirs))
    search(user, document=others)
    assert watch() == 0
    events = [search(user, document=mine), search(user, text=theirs)]
    assert watch() == 1
    assert {sign.name: sign.evidence for sign in Alert.objects.get().signs.all()} == {
        "own_name": events[:1],
        "colleague": events[1:],
    }


def test_more_of_the_same_refreshes_and_another_sign_opens_a_closed_case(user: User) -> None:
    first = search(user, name="Ana Paula Quaresma")
    watch()
    Alert.objects.update(state=State.CLOSED, verdict=Verdict.JUSTIFIED)
    second = search(user, name="Ana Paula Quaresma")
    assert watch() == 0
    alert = Alert.objects.get()
    assert (alert.evidence, alert.state) == ([first, second], State.CLOSED)
    person = make.make_prisoner().person.public_id
    Canary.objects.create(person=person, note="Ninguém", planted_by=make_user(role=Role.GENERAL_ADMIN))
    opening(user, person)
    assert watch() == 1
    alert.refresh_from_db()
    assert (alert.state, alert.verdict, alert.score) == (State.OPEN, Verdict.NONE, 15)
    assert [step.kind for step in alert.steps.all()] == ["reopen"]


def test_a_habit_justified_lately_is_no_news_and_a_grave_sign_always_is(user: User) -> None:
    lately = monday(timezone.localdate()) - timedelta(days=7)
    before = Alert.objects.create(
        user=user, week=lately, cause=Cause.SIGNS, state=State.CLOSED, verdict=Verdict.JUSTIFIED
    )
    for name in ("recycled", "own_name"):
        AlertSign.objects.create(alert=before, name=name, weight=2, words="Antes.", evidence=[1, 2, 3, 4])
    for case in ("rotina", "s/n", "diversos", "geral", "outros", "averiguar"):
        search(user, make_purpose(user, case_reference=case), name="Ana Paula Quaresma")
    assert watch() == 1
    made = Alert.objects.exclude(pk=before.pk).get()
    assert [sign.name for sign in made.signs.all()] == ["own_name"]
    Alert.objects.filter(pk=before.pk).update(verdict=Verdict.INCONCLUSIVE)
    assert watch() == 1
    assert {sign.name for sign in made.signs.all()} == {"own_name", "recycled"}


def test_another_agencys_use_is_another_agencys(user: User) -> None:
    stranger = make_user(full_name="Ana Paula Quaresma", agency=make_agency("PP-SP"))
    search(stranger, name="Ana Paula Quaresma")
    assert watch() == 0


@pytest.fixture
def explained(user: User) -> dict[str, uuid.UUID]:
    """Three persons, each to be expected for a reason of its own, and one for none."""
    prisoners = {name: make.make_prisoner() for name in ("case", "moved", "team", "none")}
    make.make_case(prisoner=prisoners["case"], npu=NPU)
    make.make_movement(prisoner=prisoners["moved"], occurred_at=timezone.now() - timedelta(days=2))
    return {name: one.person.public_id for name, one in prisoners.items()}


def test_first_explain(user: User, explained: dict[str, uuid.UUID]) -> None:
    own = make_purpose(user, case_reference=f"Processo {NPU}")
    team, *_ = [make_purpose(one, case_reference="Operação 77/2026") for one in (user, make_user(), make_user())]
    for name, purpose in (("case", own), ("moved", own), ("team", team), ("none", own)):
        opening(user, explained[name], purpose)
    agency = make_agency()
    (usage,) = facts.read(agency, monday(timezone.localdate()), [user.pk])
    assert [act.explained for act in usage.opened] == [CASE, MOVED, TEAM, ""]
    assert [act.explained for act in usage.requests] == [CASE, MOVED, TEAM, ""]


def test_who_is_held_in_the_agents_own_unit_is_work(user: User) -> None:
    prisoner = make.make_prisoner()
    custody = make.make_custody(prisoner=prisoner)
    opening(user, prisoner.person.public_id)
    (usage,) = facts.read(make_agency(), monday(timezone.localdate()), [user.pk])
    assert usage.opened[0].explained == ""
    User.objects.filter(pk=user.pk).update(unit=custody.unit.name.lower())
    (usage,) = facts.read(make_agency(), monday(timezone.localdate()), [user.pk])
    assert usage.opened[0].explained == OWN_UNIT


def test_a_visitor_at_the_agents_address_is_seen_by_its_digest_alone(user: User) -> None:
    prisoner = make.make_prisoner()
    line = "RUA DAS ACÁCIAS, 120, CENTRO, MACEIÓ/AL, CEP 57020-000"
    make.make_link(visitor=make.make_visitor(origin=prisoner.origin, address=line), prisoner=prisoner)
    event = opening(user, prisoner.person.public_id)
    User.objects.filter(pk=user.pk).update(address_digest=door_digest("57020000", "121"))
    assert watch() == 0
    User.objects.filter(pk=user.pk).update(address_digest=door_digest("57020000", "120"))
    assert watch() == 1
    assert {sign.name: sign.evidence for sign in Alert.objects.get().signs.all()} == {"neighbour": [event]}


def test_a_person_opened_across_agencies_is_counted_over_all(user: User) -> None:
    person = uuid.uuid4()
    for number in range(HOT_NATION):
        opening(make_user(agency=make_agency(f"PP-{('AL', 'SE', 'PB')[number % 3]}")), person)
    week = monday(timezone.localdate())
    assert crowds.across(week, [person, uuid.uuid4()]) == {person: HOT_NATION}
    assert crowds.usual(week + timedelta(days=7), [person]) == {person: HOT_NATION / crowds.PAST_WEEKS}
    opening(user, person)
    assert watch() == 6
    assert AlertSign.objects.filter(name="hot", words__contains="de vários órgãos").count() == 6


def test_the_portrait_knows_name_family_links_and_habit(user: User) -> None:
    prisoner = make.make_prisoner()
    visitor = make.make_visitor(name="ANA PAULA QUARESMA", origin=prisoner.origin)
    make.make_link(visitor=visitor, prisoner=prisoner)
    search(user, name="Outra Pessoa")
    opening(user, prisoner.person.public_id)
    later = monday(timezone.localdate()) + timedelta(days=7)
    portrait = facts.portraits([user.pk], later)[user.pk]
    assert portrait.name == ("ANA", "PAULA", "QUARESMA")
    assert set(portrait.surnames) == {"PAULA", "QUARESMA"}
    assert portrait.linked == {prisoner.person.public_id}
    assert (portrait.weeks, portrait.opening) == ((2,), 1.0)
    assert portrait.idle_days is not None
    assert portrait.idle_days < 8


def test_the_draw_can_be_repeated_and_is_made_once() -> None:
    users = [make_user() for _ in range(3)]
    for user in users:
        search(user, name="Alguém Qualquer")
    drawn = sampling.draw(make_agency(), monday(timezone.localdate()), by=BY)
    assert drawn is not None
    assert drawn.population == sorted(user.pk for user in users)
    assert drawn.chosen == sampling.drawn(drawn.seed, drawn.population)
    assert len(drawn.chosen) == 1
    assert [alert.user_id for alert in Alert.objects.filter(cause=Cause.SAMPLE)] == drawn.chosen
    assert sampling.draw(make_agency(), monday(timezone.localdate()), by=BY) is None
    assert recorded(Kind.SAMPLE_DRAWN)[0].detail["seed"] == WeeklySample.objects.get().seed


def test_one_in_fifty_is_drawn_and_another_seed_draws_others() -> None:
    population = list(range(1000))
    assert len(sampling.drawn("a", population)) == 20
    assert sampling.drawn("a", population) != sampling.drawn("b", population)
    times = [0] * 1000
    for seed in range(500):
        for account in sampling.drawn(str(seed), population):
            times[account] += 1
    assert max(times) <= 30  # 10 expected


def test_a_frozen_account_enters_the_queue_once(user: User) -> None:
    freezing.freeze(user=user, cause=FreezeCause.VOLUME, reason="Volume de teste.", by=BY)
    assert (tasks.note_frozen(), tasks.note_frozen()) == (1, 0)
    assert Alert.objects.get().cause == Cause.AUTOMATION


def test_a_copied_passkey_enters_the_queue_once_a_week(user: User) -> None:
    today = monday(timezone.localdate())
    for days in (0, 1):
        CopiedKey.objects.create(user=user, seen_on=today + timedelta(days=days))
    assert (tasks.note_copied_keys(), tasks.note_copied_keys()) == (1, 0)
    alert = Alert.objects.get()
    assert (alert.user, alert.cause, alert.week) == (user, Cause.COPIED_KEY, today)


def test_the_command_looks_and_lists(user: User) -> None:
    search(user, name="Ana Paula Quaresma")
    out = StringIO()
    call_command("audit_misuse", "--agency", "PP-AL", stdout=out)
    assert user.username in out.getvalue()
    assert "Próprio nome ou CPF: Buscou o próprio nome ou CPF 1 vez." in out.getvalue()
