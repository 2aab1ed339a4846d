"""Who reads statistics, and how much: exact counts for whoever may consult people, protected ones for the others."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from credentialing import actors, policy, verification
from credentialing.models import User
from credentialing.roles import Permission
from registry.selectors.figures.cube import HEADLINE, Filters


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody admitted. `exact`: sees every count. `signs`: the state whose form they answer for, or ""."""

    user: User
    actor: Actor
    exact: bool
    signs: str = ""

    def bounded(self, filters: Filters) -> Filters:
        """The filters this reader may use: without exact counts no unit, regime, age or sex, and one modality."""
        if self.exact:
            return filters
        return replace(filters, unit=None, regime="", age="", sex="", modality=filters.modality or HEADLINE)


def admit(request: HttpRequest, asked: dict[str, Any], *, channel: Channel = Channel.PAGE) -> Reader:
    """Admit a reader and commit that they read, before anything is shown. Raises PermissionDenied, AuditUnavailable."""
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    actor = actors.from_request(request, channel)
    if not policy.allows(user, Permission.SEE_STATISTICS):
        recorder.record_now(Event(kind=Kind.DENIED, actor=actor, action="statistics", detail={"asked": asked}))
        raise policy.DeniedOnRecord
    recorder.record_now(Event(kind=Kind.FIGURES_READ, actor=actor, action="statistics", detail={"asked": asked}))
    signs = user.agency.uf if policy.allows(user, Permission.SIGN_STATISTICS) else ""
    return Reader(user=user, actor=actor, exact=policy.allows(user, Permission.CONSULT_PEOPLE), signs=signs)
