"""Random histories of who asks, decides, closes, suspends and delegates: nobody ever comes to more than they may.

The oracle is a ledger kept beside the base. It knows the tables of `tests.architecture.test_policy`, written from the
law, and what it saw happen; it never asks the code. `POLICY_SEQUENCES` sets how many histories are tried.
"""

import copy
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from credentialing import policy
from credentialing.activities import Activity, every
from credentialing.adhesion import substitutes
from credentialing.delegation import DECIDES
from credentialing.models import AccessRequest, Agency, Designation, Ending, User
from credentialing.people import lifecycle
from credentialing.requests import asking, deciding, quota
from credentialing.roles import Permission, Role
from tests.credentialing.ledger import Asked, Known, Ledger
from tests.factories.access import BY, make_request
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SEQUENCES = int(os.environ.get("POLICY_SEQUENCES", "10"))
STEPS = 15
# Steps in which one deed may follow from another.
LONG = 50
# Histories within which each broken rule shows itself, with room to spare.
ENOUGH = 200
# Small on purpose: a second gestor must be one too many at times, and one's own profile be asked for.
MANAGERS = {"PP-AL": 2, "PP-SE": 1, "SENAPPEN": 1}
# All that the rules read.
BOUNDING = (Agency, User, Designation)
REFUSALS = (PermissionDenied, asking.Refused, quota.QuotaReached, substitutes.Overlap)
NOTE = "Motivo fictício, dito por extenso."

anybody = st.integers(0, 30)
# What gestores hold at first.
HELD = every()[::2]
delegable = st.sets(st.sampled_from(HELD), min_size=1, max_size=2)
some_activities = st.sets(st.sampled_from(list(Activity)), max_size=3)
a_role = st.sampled_from(list(Role))
an_agency = st.sampled_from(["PP-AL", "PP-SE"])
of_staff = st.sampled_from([Role.FOCAL_POINT, Role.REGIONAL_MANAGER])
hired = st.sampled_from([Role.AGENT, Role.REGIONAL_MANAGER])


class Histories(RuleBasedStateMachine):
    """One history, undone at its end."""

    # What everybody starts from, written once (`founded`).
    start: Ledger

    @initialize()
    def begin(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.ledger, self.seen = copy.deepcopy(self.start), ""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def one(self, number: int) -> User:
        keys = list(self.ledger.people)
        return self.known(keys[number % len(keys)])

    def known(self, pk: int) -> User:
        return User.objects.with_bounds().get(pk=pk)

    def tried(self, act: Callable[[], Any], *, permitted: bool) -> Any:
        """What it gave, or None where it was refused. Accepting what is not permitted is an escalation."""
        try:
            with transaction.atomic():
                given = act()
        except REFUSALS:
            return None
        event("accepted")
        assert permitted, "escalation: accepted what nobody may do"
        return given

    @rule(who=anybody, role=a_role, activities=some_activities)
    def ask(self, who: int, role: Role, activities: set[str]) -> None:
        self.asked_by(self.one(who), role, {str(one) for one in activities})

    @rule(which=anybody, who=anybody)
    def approve(self, which: int, who: int) -> None:
        if self.ledger.asked:
            self.approved_by(self.one(who), list(self.ledger.asked)[which % len(self.ledger.asked)])

    @rule(acronym=an_agency, asker=of_staff, decider=of_staff, role=hired, activities=delegable)
    def hire(self, acronym: str, asker: Role, decider: Role, role: Role, activities: set[str]) -> None:
        """Asked for and decided within one agency."""
        staff = {(one.role, one.agency): pk for pk, one in self.ledger.people.items() if not one.substitute}
        made = self.asked_by(self.known(staff[asker, acronym]), role, {str(one) for one in activities})
        if made:
            self.approved_by(self.known(staff[decider, acronym]), made)

    @rule(which=anybody, activities=some_activities)
    def narrow_a_giver(self, which: int, activities: set[str]) -> None:
        """What somebody delegated goes with what they held."""
        givers = sorted({one.giver for one in self.ledger.people.values() if one.giver is not None})
        if givers:
            admin = next(pk for pk, one in self.ledger.people.items() if one.role == Role.GENERAL_ADMIN)
            self.delegated(self.known(givers[which % len(givers)]), self.known(admin), activities)

    def asked_by(self, asker: User, role: Role, wanted: set[str]) -> Any:
        agency = asker.agency.acronym
        permitted = self.ledger.reaches(asker.pk, "ask", role, agency, own=False)
        permitted = permitted and self.ledger.hands_on(asker.pk, wanted, agency)
        made = self.tried(lambda: make_request(asker, role=role, activities=sorted(wanted)), permitted=permitted)
        if made is None:
            return None
        self.ledger.asked[made.pk] = Asked(asker.pk, role, agency, wanted)
        return made.pk

    def approved_by(self, decider: User, key: Any) -> None:
        asked, ledger = self.ledger.asked[key], self.ledger
        permitted = ledger.reaches(decider.pk, "decide", asked.role, asked.agency, own=decider.pk == asked.by)
        both = (asked.by, decider.pk)
        permitted = permitted and all(ledger.hands_on(one, asked.activities, asked.agency) for one in both)
        if asked.role == Role.REGIONAL_MANAGER:
            permitted = permitted and ledger.managers(asked.agency) < MANAGERS[asked.agency]
        act = lambda: deciding.approve(request=key, decider=decider, note=NOTE, by=BY)  # noqa: E731
        if self.tried(act, permitted=permitted) is None:
            return
        account = AccessRequest.objects.get(pk=key).account
        assert account is not None
        of_focal = asked.role == Role.REGIONAL_MANAGER and ledger.people[asked.by].role == Role.FOCAL_POINT
        by_centre = asked.by if of_focal else None
        giver = by_centre if decider.role == Role.GENERAL_ADMIN else decider.pk
        ledger.people[account.pk] = Known(asked.role, asked.agency, asked.activities, giver)
        del ledger.asked[key]

    @rule(whom=anybody, who=anybody, ending=st.sampled_from(list(Ending)))
    def end(self, whom: int, who: int, ending: Ending) -> None:
        user, manager = self.one(whom), self.one(who)
        act = lambda: lifecycle.end(user=user.pk, ending=ending, note=NOTE, manager=manager, by=BY)  # noqa: E731
        if self.tried(act, permitted=self.manages("manage", manager, user)):
            self.ledger.people[user.pk].open = False

    @rule(whom=anybody, who=anybody)
    def reopen(self, whom: int, who: int) -> None:
        user, manager = self.one(whom), self.one(who)
        known = self.ledger.people[user.pk]
        permitted = all(self.manages(action, manager, user) for action in ("manage", "attest")) and not known.open
        permitted = permitted and user.ending != Ending.LEAVER
        if known.role == Role.REGIONAL_MANAGER:
            permitted = permitted and self.ledger.managers(known.agency) < MANAGERS[known.agency]
        act = lambda: lifecycle.reopen(user=user.pk, note=NOTE, manager=manager, by=BY)  # noqa: E731
        if self.tried(act, permitted=permitted):
            known.open = True

    @rule(whom=anybody, who=anybody, activities=some_activities)
    def delegate(self, whom: int, who: int, activities: set[str]) -> None:
        self.delegated(self.one(whom), self.one(who), activities)

    def delegated(self, user: User, manager: User, activities: set[str]) -> None:
        wanted = {str(one) for one in activities}
        known = self.ledger.people[user.pk]
        added = wanted - known.activities
        permitted = self.manages("manage", manager, user) and self.ledger.hands_on(manager.pk, added, known.agency)
        act = lambda: lifecycle.narrow(user=user.pk, activities=wanted, manager=manager, by=BY)  # noqa: E731
        if self.tried(act, permitted=permitted):
            known.activities = wanted
            if added and manager.role != Role.GENERAL_ADMIN:
                known.giver = manager.pk

    @rule(whom=anybody, who=anybody, days=st.sampled_from([0, 3]), mistaken=st.booleans())
    def designate(self, whom: int, who: int, days: int, mistaken: bool) -> None:
        substitute = next(pk for pk, one in self.ledger.people.items() if one.substitute)
        user = self.one(whom) if mistaken else self.known(substitute)
        since = timezone.localdate() + timedelta(days=days)
        given = {"substitute": user, "since": since, "until": since, "reason": NOTE, "user": self.one(who), "by": BY}
        permitted = self.ledger.designates(given["user"].pk, user.pk)
        if self.tried(lambda: substitutes.designate(**given), permitted=permitted) and not days:
            self.ledger.people[user.pk].designated = True

    @rule(who=anybody)
    def end_a_designation(self, who: int) -> None:
        found = Designation.objects.in_force().select_related("user__agency").first()
        if found is None:
            return
        act = lambda: substitutes.end(designation=found, user=self.one(who), by=BY) or True  # noqa: E731
        if self.tried(act, permitted=self.ledger.designates(self.one(who).pk, found.user_id)):
            self.ledger.people[found.user_id].designated = False

    @rule(acronym=an_agency, how=st.sampled_from(["suspend", "expire", "open"]))
    def suspend(self, acronym: str, how: str) -> None:
        now = timezone.now()
        Agency.objects.filter(acronym=acronym).update(
            suspended_at=now if how == "suspend" else None,
            expires_at=now - timedelta(seconds=1) if how == "expire" else None,
        )
        (self.ledger.shut.discard if how == "open" else self.ledger.shut.add)(acronym)

    @rule(acronym=an_agency, activities=st.sets(st.sampled_from(list(Activity)), min_size=2))
    def change_the_term(self, acronym: str, activities: set[str]) -> None:
        self.ledger.terms[acronym] = {str(one) for one in activities}
        Agency.objects.filter(acronym=acronym).update(activities=sorted(self.ledger.terms[acronym]))

    def manages(self, action: str, manager: User, user: User) -> bool:
        known, own = self.ledger.people[user.pk], manager.pk == user.pk
        return self.ledger.reaches(manager.pk, action, known.role, known.agency, own=own)

    @invariant()
    def nobody_has_more_than_they_may(self) -> None:
        if not hasattr(self, "ledger"):
            return
        # Who may what follows from these rows alone: as long as they and the ledger stay, so does the answer.
        seen = f"{_written()} {self.ledger}"
        if seen != self.seen:
            self.look()
            self.seen = seen

    def look(self) -> None:
        people = {one.pk: one for one in User.objects.with_bounds().order_by("pk")}
        assert sorted(people) == sorted(self.ledger.people), "an account from nowhere"
        for pk, known in self.ledger.people.items():
            user = people[pk]
            assert (user.role, user.agency.acronym, user.is_active) == (known.role, known.agency, known.open)
            assert {name for name in Permission if policy.allows(user, name)} <= self.ledger.may(pk)
            assert policy.may_enter(user) == self.ledger.alive(pk)
        for acronym, most in MANAGERS.items():
            assert self.ledger.managers(acronym) <= most


def _written() -> str:
    """Every agency, account and designation as they stand, as one number."""
    parts = (f"(SELECT string_agg(t::text, '' ORDER BY t.id) FROM {model._meta.db_table} t)" for model in BOUNDING)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(concat({', '.join(parts)}))")
        return str(cursor.fetchone()[0])


def founded() -> Ledger:
    """Three agencies with their people, written, and told to a ledger."""
    ledger = Ledger()
    for acronym, most in MANAGERS.items():
        ledger.terms[acronym] = set(make_agency(acronym, headcount=most * 100).activities)
    for role, acronym in [
        (Role.GENERAL_ADMIN, "SENAPPEN"), (Role.GENERAL_ADMIN, "SENAPPEN"),
        *((role, acronym) for acronym in ("PP-AL", "PP-SE")
          for role in (Role.FOCAL_POINT, Role.CORREGEDOR, Role.REGIONAL_MANAGER, Role.AGENT)),
    ]:  # fmt: skip
        some = {"activities": HELD} if role == Role.REGIONAL_MANAGER else {}
        made = make_user(role=role, agency=make_agency(acronym), device=False, **some)
        ledger.people[made.pk] = Known(role, acronym, set(made.activities))
    substitute = make_user(role=Role.FOCAL_POINT, agency=make_agency("PP-AL"), device=False, is_substitute=True)
    ledger.people[substitute.pk] = Known(Role.FOCAL_POINT, "PP-AL", set(substitute.activities), substitute=True)
    return ledger


def tried(
    histories: int, phases: tuple[Phase, ...] = tuple(Phase), *, steps: int = STEPS, derandomize: bool = False
) -> None:
    """Raises AssertionError for the first escalation."""
    Histories.start = founded()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=histories, stateful_step_count=steps, deadline=None, database=None, phases=phases,
            derandomize=derandomize, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        ),
    )  # fmt: skip


def test_no_history_leads_to_an_escalation() -> None:
    tried(SEQUENCES)


def _own_and_term(user: User) -> frozenset[str]:
    return frozenset(user.activities) & frozenset(user.agency.activities)


# Each takes one thing out of the rules.
BROKEN: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "gestores decide on gestores": lambda patch: patch.setitem(
        DECIDES, Role.REGIONAL_MANAGER, DECIDES[Role.REGIONAL_MANAGER] | {Role.REGIONAL_MANAGER}
    ),
    "every agency is one's own": lambda patch: patch.setattr(policy, "reaches", lambda *_: True),
    "a closed account enters": lambda patch: patch.setattr(policy, "may_take_over", lambda user: user.agency.is_open),
    "a suspended agency's people enter": lambda patch: patch.setattr(Agency, "is_open", True),
    "more is handed on than is held": lambda patch: patch.setattr(asking, "bounded", lambda *_: True),
    "what a giver lost is still held": lambda patch: patch.setattr(policy, "activities", _own_and_term),
    "there is no quota": lambda patch: patch.setattr(quota, "take_place", lambda *_: None),
    "a substitute acts undesignated": lambda patch: patch.setattr(User, "acts_now", True),
    "anybody designates": lambda patch: patch.setattr(policy, "may_designate", lambda _, other: other.is_substitute),
}


@pytest.mark.parametrize("how", BROKEN)
def test_broken_rules_are_found(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    BROKEN[how](monkeypatch)
    with pytest.raises(AssertionError):
        tried(ENOUGH, (Phase.generate,), steps=LONG, derandomize=True)
