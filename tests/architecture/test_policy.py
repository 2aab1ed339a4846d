"""Who may do what to whom, in every state: profile × action × whose × state, read as a table and asked of `policy`.

The cells are written from the law (Portaria MJSP 218/2021, arts. 4, 7, 11, 17–19, 24–27; LGPD, art. 6), not from the
code: a change of policy is a change of a cell here. Nothing is saved: the rows are made in memory.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Final

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from credentialing import policy
from credentialing.activities import Activity, opened
from credentialing.models import AccessRequest, Agency, User
from credentialing.roles import Permission, Role

# What each profile may do by itself. `act`: only where an activity of the person opens it; `-`: never.
BY_ITSELF: Final = """
                                  admin focal corregedor gestor tecnico revisor estatistico agente
consulta.consult_people           -     -     -          -      -       act     -           act
consulta.see_lawyers              -     -     -          -      -       act     -           act
consulta.see_faction              -     -     -          -      -       -       -           -
consulta.review_identity          -     -     -          -      -       act     -           -
consulta.break_glass              -     -     -          -      -       -       -           act
consulta.approve_requests         -     -     -          yes    -       -       -           -
consulta.review_exceptional       -     -     yes        -      -       -       -           -
consulta.keep_seals               yes   -     -          -      -       -       -           -
consulta.request_seals            -     yes   -          -      -       -       -           yes
consulta.see_statistics           yes   -     -          yes    -       -       yes         yes
consulta.sign_statistics          -     -     -          -      -       -       yes         -
oversight.judge_misuse            -     -     yes        -      -       -       -           -
oversight.judge_overseers         yes   -     -          -      -       -       -           -
oversight.confirm_explanations    -     yes   -          yes    -       -       -           -
audit.read_own                    yes   yes   yes        yes    yes     yes     yes         yes
audit.read_agency                 -     -     yes        -      -       -       -           -
audit.read_all                    yes   -     -          -      -       -       -           -
credentialing.manage_agencies     yes   -     -          -      -       -       -           -
credentialing.manage_users        yes   -     -          -      -       -       -           -
credentialing.request_access      -     yes   -          yes    -       -       -           -
credentialing.decide_access       yes   yes   -          yes    -       -       -           -
credentialing.manage_people       yes   yes   -          yes    -       -       -           -
credentialing.see_agency          -     yes   yes        -      -       -       -           -
ingestion.manage_sources          yes   -     -          -      -       -       -           -
ingestion.review_quarantine       yes   -     -          -      yes     -       -           -
ingestion.see_connectors          yes   -     -          -      yes     -       -           -
"""

# What each profile may do about another person, by that person's profile. `own`: within one's agency; `all`: in every
# agency; `-`: never. Nobody may do any of it about themselves. Asking is of one's own agency by its nature.
ABOUT_OTHERS: Final = """
                                  admin focal corregedor gestor tecnico revisor estatistico agente
approve agente                    -     -     -          own    -       -       -           -
approve revisor                   -     -     -          own    -       -       -           -
see agente                        all   own   own        -      -       -       -           -
designate focal                   all   own   -          -      -       -       -           -
designate corregedor              all   -     own        -      -       -       -           -
ask admin                         -     -     -          -      -       -       -           -
ask focal                         -     own   -          -      -       -       -           -
ask corregedor                    -     own   -          -      -       -       -           -
ask gestor                        -     own   -          own    -       -       -           -
ask tecnico                       -     own   -          -      -       -       -           -
ask revisor                       -     own   -          -      -       -       -           -
ask estatistico                   -     own   -          own    -       -       -           -
ask agente                        -     own   -          own    -       -       -           -
decide admin                      -     -     -          -      -       -       -           -
decide focal                      all   -     -          -      -       -       -           -
decide corregedor                 all   -     -          -      -       -       -           -
decide gestor                     all   own   -          -      -       -       -           -
decide tecnico                    all   -     -          -      -       -       -           -
decide revisor                    all   -     -          -      -       -       -           -
decide estatistico                -     own   -          own    -       -       -           -
decide agente                     -     own   -          own    -       -       -           -
manage admin                      all   -     -          -      -       -       -           -
manage focal                      all   -     -          -      -       -       -           -
manage corregedor                 all   -     -          -      -       -       -           -
manage gestor                     all   own   -          -      -       -       -           -
manage tecnico                    all   own   -          -      -       -       -           -
manage revisor                    all   own   -          -      -       -       -           -
manage estatistico                all   own   -          own    -       -       -           -
manage agente                     all   own   -          own    -       -       -           -
attest admin                      all   -     -          -      -       -       -           -
attest focal                      all   -     -          -      -       -       -           -
attest corregedor                 all   -     -          -      -       -       -           -
attest gestor                     all   own   -          -      -       -       -           -
attest tecnico                    all   own   -          -      -       -       -           -
attest revisor                    all   own   -          -      -       -       -           -
attest estatistico                all   own   -          -      -       -       -           -
attest agente                     all   own   -          -      -       -       -           -
"""

# What each activity opens, to profiles that may hold it at all.
OPENED: Final = """
                  consult_people see_lawyers see_faction break_glass review_identity
locate_person     yes            -           -           yes         -
intelligence      yes            yes         yes         yes         -
investigation     yes            yes         -           yes         -
unit_security     yes            yes         yes         yes         -
escort            yes            -           -           yes         -
missing_person    yes            -           -           -           -
fraud             yes            -           -           -           -
identity_review   yes            yes         -           -           yes
"""

PROFILES: Final = {
    "admin": Role.GENERAL_ADMIN,
    "focal": Role.FOCAL_POINT,
    "corregedor": Role.CORREGEDOR,
    "gestor": Role.REGIONAL_MANAGER,
    "tecnico": Role.STATE_TECHNICIAN,
    "revisor": Role.IDENTITY_REVIEWER,
    "estatistico": Role.STATISTICIAN,
    "agente": Role.AGENT,
}
STATES: Final = (
    "open",
    "account closed",
    "account frozen",
    "substitute not designated",
    "agency suspended",
    "agency expired",
    "no activity",
    "no activity in term",
)
WHOSE: Final = ("self", "own", "other")


def rows(table: str) -> dict[str, dict[str, str]]:
    """First column → heading → cell."""
    headings, *lines = table.strip("\n").splitlines()
    columns = headings.split()
    found = {}
    for line in lines:
        cells = line.split()
        found[" ".join(cells[: -len(columns)])] = dict(zip(columns, cells[-len(columns) :], strict=True))
    return found


def _number(pk: int) -> int:
    """Equal numbers (and, below, words) are other objects each time, as they are when rows are read."""
    return int(f"{pk}000")


def agency(pk: int, state: str = "open") -> Agency:
    ended = timezone.now() - timedelta(seconds=1)
    return Agency(
        pk=_number(pk),
        acronym=f"PP-{pk}",
        activities=[] if state == "no activity in term" else list(Activity.values),
        suspended_at=ended if state == "agency suspended" else None,
        expires_at=ended if state == "agency expired" else timezone.now() + timedelta(days=1),
    )


def person(pk: int, profile: str, of: Agency, state: str = "open") -> User:
    made = User(
        pk=_number(pk),
        username=f"u{pk}",
        agency=of,
        role="".join(PROFILES[profile].value),
        is_active=state != "account closed",
        frozen_at=timezone.now() if state == "account frozen" else None,
        activities=[] if state == "no activity" else list(Activity.values),
        is_substitute=state == "substitute not designated",
    )
    # Read of the designations, which nothing saved can have.
    made.__dict__["acts_now"] = state != "substitute not designated"
    return made


def approves(user: User, other: User) -> bool:
    try:
        policy.require_decider(user, other)
    except PermissionDenied:
        return False
    return True


def decides(user: User, other: User) -> bool:
    """On a request for the other's profile, in the other's agency; one's own is the one that oneself asked for."""
    asked_by = User(pk=_number(other.pk // 1000))
    return policy.may_decide(user, AccessRequest(agency=other.agency, role=other.role, asked_by=asked_by))


def designates(user: User, other: User) -> bool:
    """The other as the substitute of a place; whoever holds it themselves is nobody's substitute."""
    other.is_substitute = other.pk != user.pk
    return policy.may_designate(user, other)


ABOUT: Final[dict[str, Callable[[User, User], bool]]] = {
    "approve": approves,
    "ask": lambda user, other: other.agency_id == user.agency_id and policy.may_ask(user, other.role),
    "decide": decides,
    "manage": policy.may_manage,
    "attest": policy.may_attest,
    "see": lambda user, other: policy.may_see_agency(user, other.agency),
    "designate": designates,
}
# These two are of one's agency, or of a colleague to come, so that one's own profile is no other case than another's.
OF_THE_AGENCY: Final = ("ask", "see")


def test_the_table_has_every_permission_profile_activity_and_action() -> None:
    assert set(rows(BY_ITSELF)) == set(Permission)
    assert set(PROFILES.values()) == set(Role)
    assert set(rows(OPENED)) == set(Activity.values)
    related = {line.split()[0] for line in rows(ABOUT_OTHERS)}
    public = {name for name in policy.__all__ if name.startswith(("may_", "require_"))}
    named = {"approve": "require_decider", "see": "may_see_agency"}
    assert {"may_enter", "may_take_over", *(named.get(name, f"may_{name}") for name in related)} == public


@pytest.mark.parametrize("action", rows(BY_ITSELF))
def test_what_a_profile_may_do_by_itself(action: str) -> None:
    wrong = []
    for (profile, cell), state in product(rows(BY_ITSELF)[action].items(), STATES):
        user = person(1, profile, agency(1, state), state)
        expected = cell != "-" and (state == "open" or (cell == "yes" and state.startswith("no activity")))
        if policy.allows(user, action) != expected:
            wrong.append((profile, state, expected))
    assert wrong == []


@pytest.mark.parametrize("action", rows(ABOUT_OTHERS))
def test_what_a_profile_may_do_about_another_person(action: str) -> None:
    (name, of), wrong = action.split(), []
    cases = product(rows(ABOUT_OTHERS)[action].items(), WHOSE, STATES, (4, 6))
    for (profile, cell), whose, state, number in cases:
        mine = agency(5, state)
        user = person(5, profile, mine, state)
        # Somebody with a lower number, and somebody with a higher one.
        other = person(5 if whose == "self" else number, of, agency(number) if whose == "other" else agency(5, state))
        # An agency takes requests even if its term holds no activity; what they lead to opens nothing.
        alive = state in ("open", "no activity", "no activity in term")
        reached = {"-": (), "own": ("own",), "all": ("own", "other")}[cell]
        expected = alive and (whose in reached or (name in OF_THE_AGENCY and whose == "self" and cell != "-"))
        if ABOUT[name](user, other) != expected:
            wrong.append((profile, whose, state, expected))
    assert wrong == []


@pytest.mark.parametrize("activity", Activity)
def test_what_an_activity_opens(activity: Activity) -> None:
    expected = {f"consulta.{name}" for name, cell in rows(OPENED)[activity].items() if cell == "yes"}
    assert opened([activity]) == expected
    for profile in PROFILES:
        user = person(1, profile, agency(1))
        user.activities = [activity]
        held = {name for name, cells in rows(BY_ITSELF).items() if cells[profile] == "act"}
        bound = {name for name, cells in rows(BY_ITSELF).items() if "act" in cells.values()}
        assert {name for name in bound if policy.allows(user, name)} == held & expected, profile


@pytest.mark.parametrize("state", STATES)
def test_who_may_enter(state: str) -> None:
    user = person(1, "agente", agency(1, state), state)
    may = state in ("open", "no activity", "no activity in term")
    assert policy.may_enter(user) == may
    # A substitute prepares the account before the first designation.
    assert policy.may_take_over(user) == (may or state == "substitute not designated")


def test_what_is_required_is_given_to_accounts_that_hold_it_and_to_nobody_else() -> None:
    focal = person(1, "focal", agency(1))
    assert policy.require(focal, Permission.MANAGE_PEOPLE) is focal
    for user in (focal, AnonymousUser(), None):
        with pytest.raises(PermissionDenied):
            policy.require(user, Permission.CONSULT_PEOPLE)


def test_two_people_of_one_profile_do_not_approve_each_other() -> None:
    mine = agency(1)
    assert not approves(person(1, "gestor", mine), person(2, "gestor", mine))
    # Of which other profile does not matter: one whose name comes before, one whose name comes after.
    for profile in ("agente", "estatistico"):
        assert approves(person(1, "gestor", mine), person(2, profile, mine))


def test_what_is_delegated_ends_with_what_each_giver_still_holds() -> None:
    mine = agency(1)
    chief, manager, agent = person(1, "focal", mine), person(2, "gestor", mine), person(3, "agente", mine)
    manager.granted_by, agent.granted_by = chief, manager
    both = {Activity.ESCORT, Activity.INVESTIGATION}
    for narrowed in (chief, manager, agent):
        for one in (chief, manager, agent):
            one.activities = sorted(both)
        assert policy.activities(agent) == both
        narrowed.activities = [Activity.ESCORT]
        assert policy.activities(agent) == {Activity.ESCORT}
        assert policy.allows(agent, Permission.CONSULT_PEOPLE)
        assert not policy.allows(agent, Permission.SEE_LAWYERS)
