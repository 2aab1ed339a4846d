"""The one place that decides who may do what. Deny by default."""

from django.core.exceptions import PermissionDenied

from credentialing.activities import BOUND, opened
from credentialing.delegation import ASKS, ATTESTS, DECIDES, MANAGES, among
from credentialing.models import AccessRequest, Agency, User
from credentialing.roles import PERMISSIONS, Permission, Role


class DeniedOnRecord(PermissionDenied):
    """A refusal that is already in the audit, with what was asked."""


def allows(user: User, permission: str) -> bool:
    """True when the account may enter (`may_enter`), its role holds the permission, and, where activities decide
    (`activities.BOUND`), one that it holds now opens it."""
    if not (may_enter(user) and permission in PERMISSIONS[Role(user.role)]):
        return False
    return permission not in BOUND or permission in opened(activities(user))


def require(user: object, permission: Permission) -> User:
    """The account of a request, if it holds the permission. Raises PermissionDenied."""
    if not isinstance(user, User) or not allows(user, permission):
        raise PermissionDenied
    return user


def activities(user: User) -> frozenset[str]:
    """What the account is credentialed for now: what it was given, within its agency's term, of what each of those who
    delegated it still holds."""
    held = frozenset(user.activities) & frozenset(user.agency.activities)
    giver = user.granted_by
    while giver is not None:
        held &= frozenset(giver.activities)
        giver = giver.granted_by
    return held


def may_enter(user: User) -> bool:
    """True when the account may log in at all: active, not frozen, of an open agency, a substitute designated."""
    return may_take_over(user) and user.acts_now


def may_take_over(user: User) -> bool:
    """True when its owner may give the account a password and an authenticator: active, not frozen, of an open agency.

    A substitute prepares the account before anybody designates them; it opens nothing until then.
    """
    return user.is_active and user.frozen_at is None and user.agency.is_open


def may_see_agency(user: User, agency: Agency) -> bool:
    """True for the coordination, and for an agency's own ponto focal and corregedor."""
    return allows(user, Permission.MANAGE_AGENCIES) or (
        user.agency_id == agency.pk and allows(user, Permission.SEE_AGENCY)
    )


def may_designate(user: User, substitute: User) -> bool:
    """True for the coordination, and for whoever holds the place itself: the same profile, the same agency."""
    if not substitute.is_substitute:
        return False
    holds = not user.is_substitute and user.role == substitute.role and user.agency_id == substitute.agency_id
    return allows(user, Permission.MANAGE_AGENCIES) or (holds and allows(user, Permission.SEE_AGENCY))


def reaches(user: User, agency: int) -> bool:
    """True for one's own agency, and for every agency to the central body."""
    return user.agency_id == agency or user.role == Role.GENERAL_ADMIN


def may_ask(user: User, role: str) -> bool:
    """True when the person may start an access request for this profile in their own agency."""
    return allows(user, Permission.REQUEST_ACCESS) and role in among(ASKS, user.role)


def may_decide(user: User, request: AccessRequest) -> bool:
    """True when the person may decide this access request. Nobody decides their own."""
    may = allows(user, Permission.DECIDE_ACCESS) and request.role in among(DECIDES, user.role)
    return may and reaches(user, request.agency_id) and user.pk != request.asked_by_id


def may_manage(user: User, other: User) -> bool:
    """True when the person may end, open again, narrow or renew this account. Nobody manages their own."""
    may = allows(user, Permission.MANAGE_PEOPLE) and other.role in among(MANAGES, user.role)
    return may and reaches(user, other.agency_id) and user.pk != other.pk


def may_attest(user: User, other: User) -> bool:
    """True when the person may say that the holder of this account still works there. Nobody attests themselves."""
    may = allows(user, Permission.MANAGE_PEOPLE) and other.role in among(ATTESTS, user.role)
    return may and reaches(user, other.agency_id) and user.pk != other.pk


def require_decider(decider: User, asker: User) -> None:
    """Raise PermissionDenied unless the one may decide on what the other asks: another person of the same agency, of
    another profile, allowed to approve."""
    is_another = decider.pk != asker.pk and decider.role != asker.role
    if not (is_another and decider.agency_id == asker.agency_id and allows(decider, Permission.APPROVE_REQUESTS)):
        raise PermissionDenied


__all__ = [
    "DeniedOnRecord",
    "Permission",
    "activities",
    "allows",
    "may_ask",
    "may_attest",
    "may_decide",
    "may_designate",
    "may_enter",
    "may_manage",
    "may_see_agency",
    "may_take_over",
    "reaches",
    "require",
    "require_decider",
]
