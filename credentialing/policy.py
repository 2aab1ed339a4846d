"""The one place that decides who may do what. Deny by default."""

from django.core.exceptions import PermissionDenied

from credentialing.models import User
from credentialing.roles import PERMISSIONS, Permission, Role


class DeniedOnRecord(PermissionDenied):
    """A refusal that is already in the audit, with what was asked."""


def allows(user: User, permission: str) -> bool:
    """True when the account is active, its agency is open and its role holds the permission."""
    if not (user.is_active and user.agency.is_open):
        return False
    return permission in PERMISSIONS[Role(user.role)]


def may_enter(user: User) -> bool:
    """True when the account may log in at all."""
    return user.is_active and user.agency.is_open


def require_decider(decider: User, asker: User) -> None:
    """Raise PermissionDenied unless the one may decide on what the other asks: another person of the same agency, of
    another profile, allowed to approve."""
    is_another = decider.pk != asker.pk and decider.role != asker.role
    if not (is_another and decider.agency_id == asker.agency_id and allows(decider, Permission.APPROVE_REQUESTS)):
        raise PermissionDenied


__all__ = ["DeniedOnRecord", "Permission", "allows", "may_enter", "require_decider"]
