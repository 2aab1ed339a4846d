"""Random histories of who asks, decides, closes, suspends and delegates: nobody ever comes to more than they may.

The oracle is a ledger kept beside the base. It knows the tables of `tests.architecture.test_policy`, written from the
law, and what it saw happen; it never asks the code. `POLICY_SEQUENCES` sets how many histories are tried.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from credentialing import policy
from credentialing.activities import Activity
from credentialing.models import AccessRequest, Agency, Ending, User
from credentialing.people import lifecycle
from credentialing.requests import asking, deciding, quota
from credentialing.roles import Permission, Role
from tests.architecture.test_policy import ABOUT_OTHERS, BY_ITSELF, OPENED, PROFILES, rows
from tests.factories.access import BY, make_request
from tests.factories.credentialing import make_agency, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

SEQUENCES = int(os.environ.get("POLICY_SEQUENCES", "10"))
STEPS = 15
WORDS = {role: word for word, role in PROFILES.items()}
ALONE, ABOUT, OPEN = rows(BY_ITSELF), rows(ABOUT_OTHERS), rows(OPENED)
# Small on purpose: a second gestor must be one too many at times, and one's own profile be asked for.
MANAGERS = {"PP-AL": 2, "PP-SE": 1, "SENAPPEN": 1}
REFUSALS = (PermissionDenied, asking.Refused, quota.QuotaReached)
NOTE = "Motivo fictício, dito por extenso."

anybody = st.integers(0, 30)
some_activities = st.sets(st.sampled_from(list(Activity)), max_size=3)
a_role = st.sampled_from(list(Role))
an_agency = st.sampled_from(["PP-AL", "PP-SE"])


@dataclass
class Known:
    """A person as the ledger knows them."""

    role: Role
    agency: str
    activities: set[str]
    giver: int | None = None
    open: bool = True


@dataclass
class Asked:
    """A request that waits."""

    by: int
    role: Role
    agency: str
    activities: set[str]


@dataclass
class Ledger:
    """What happened, and what follows from it."""

    people: dict[int, Known] = field(default_factory=dict)
    asked: dict[Any, Asked] = field(default_factory=dict)
    terms: dict[str, set[str]] = field(default_factory=dict)
    shut: set[str] = field(default_factory=set)

    def alive(self, pk: int) -> bool:
        return self.people[pk].open and self.people[pk].agency not in self.shut

    def held(self, pk: int) -> set[str]:
        """What the person is credentialed for: within the term, and within what every giver above still has."""
        found = self.people[pk].activities & self.terms[self.people[pk].agency]
        above = self.people[pk].giver
        while above is not None:
            found, above = found & self.people[above].activities, self.people[above].giver
        return found

    def reaches(self, pk: int, action: str, role: Role, agency: str, *, own: bool) -> bool:
        cell = ABOUT[f"{action} {WORDS[role]}"][WORDS[self.people[pk].role]]
        return self.alive(pk) and not own and (cell == "all" or (cell == "own" and self.people[pk].agency == agency))

    def hands_on(self, pk: int, activities: set[str], agency: str) -> bool:
        everything = self.people[pk].role == Role.GENERAL_ADMIN
        return activities <= self.terms[agency] and (everything or activities <= self.held(pk))

    def may(self, pk: int) -> set[str]:
        """Every permission the person may have now."""
        if not self.alive(pk):
            return set()
        opened = {f"consulta.{name}" for one in self.held(pk) for name, cell in OPEN[one].items() if cell == "yes"}
        cells = {name: row[WORDS[self.people[pk].role]] for name, row in ALONE.items()}
        return {name for name, cell in cells.items() if cell == "yes" or (cell == "act" and name in opened)}

    def managers(self, agency: str) -> int:
        return sum(
            one.open and one.role == Role.REGIONAL_MANAGER and one.agency == agency for one in self.people.values()
        )


class Histories(RuleBasedStateMachine):
    """One history, undone at its end."""

    @initialize()
    def found(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.ledger = Ledger()
        for acronym, most in MANAGERS.items():
            agency = make_agency(acronym, headcount=most * 100)
            self.ledger.terms[acronym] = set(agency.activities)
        for role, acronym in [
            (Role.GENERAL_ADMIN, "SENAPPEN"), (Role.GENERAL_ADMIN, "SENAPPEN"),
            *((role, acronym) for acronym in ("PP-AL", "PP-SE")
              for role in (Role.FOCAL_POINT, Role.CORREGEDOR, Role.REGIONAL_MANAGER, Role.AGENT)),
        ]:  # fmt: skip
            made = make_user(role=role, agency=make_agency(acronym), device=False)
            self.ledger.people[made.pk] = Known(role, acronym, set(made.activities))

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

    @rule(acronym=an_agency, role=st.sampled_from([Role.AGENT, Role.REGIONAL_MANAGER]), activities=some_activities)
    def hire(self, acronym: str, role: Role, activities: set[str]) -> None:
        """As it is done most days, by a gestor and a ponto focal of the agency."""
        staff = {(one.role, one.agency): pk for pk, one in self.ledger.people.items()}
        asker, decider = (self.known(staff[one, acronym]) for one in (Role.REGIONAL_MANAGER, Role.FOCAL_POINT))
        made = self.asked_by(asker, role, {str(one) for one in activities})
        if made:
            self.approved_by(decider, made)

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
        user, manager, wanted = self.one(whom), self.one(who), {str(one) for one in activities}
        known = self.ledger.people[user.pk]
        added = wanted - known.activities
        permitted = self.manages("manage", manager, user) and self.ledger.hands_on(manager.pk, added, known.agency)
        act = lambda: lifecycle.narrow(user=user.pk, activities=wanted, manager=manager, by=BY)  # noqa: E731
        if self.tried(act, permitted=permitted):
            known.activities = wanted
            if added and manager.role != Role.GENERAL_ADMIN:
                known.giver = manager.pk

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
        people = {one.pk: one for one in User.objects.with_bounds().order_by("pk")}
        assert sorted(people) == sorted(self.ledger.people), "an account from nowhere"
        for pk, known in self.ledger.people.items():
            user = people[pk]
            assert (user.role, user.agency.acronym, user.is_active) == (known.role, known.agency, known.open)
            assert {name for name in Permission if policy.allows(user, name)} <= self.ledger.may(pk)
            assert policy.may_enter(user) == self.ledger.alive(pk)
        for acronym, most in MANAGERS.items():
            assert self.ledger.managers(acronym) <= most


def test_no_history_leads_to_an_escalation() -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=SEQUENCES, stateful_step_count=STEPS, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
