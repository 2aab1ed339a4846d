"""The gate. Everything that shows a person opens here first and closes here before its first byte leaves.

rhythm → permission → purpose → limits → scope → *intent* committed → (query, render in memory) → *disclosure*
committed → answer. A step that fails ends the consultation: the second factor again, or a frozen account, for the
rhythm of a program; 403 without the permission, `PurposeRequired` without a purpose, `LimitReached` (429) beyond the
limits, `AuditUnavailable` (503) when the audit does not commit.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from consulta import bots, limits
from consulta.limits import LimitReached
from consulta.models import ExceptionalAccess
from credentialing import actors, policy, stepping, verification
from credentialing.models import Purpose, User
from credentialing.roles import Permission
from credentialing.services import purposes
from registry.scope import Scope
from registry.selectors import seals


class Action(StrEnum):
    """What is consulted; stored in the audit."""

    SEARCH = "search"
    PROFILE = "profile"
    PHOTO = "photo"
    UNIT = "unit"
    UNITS = "units"
    REVIEWS = "reviews"
    REVIEW = "review"
    REVIEW_STATISTICS = "review_statistics"
    JUDGEMENTS = "judgements"
    CROSSINGS = "crossings"
    MISSING = "missing"
    BATCH = "batch"
    LINKS = "links"
    PATH = "path"
    LINKS_EXPORT = "links_export"
    RECENTS = "recents"
    DOSSIER = "dossier"
    FOLLOW = "follow"
    FOLLOWS = "follows"
    NOTICES = "notices"
    FOLDER = "folder"
    EXPORT = "export"
    FIGURE_PEOPLE = "figure_people"
    SEAL = "seal"
    SEAL_REQUEST = "seal_request"


class PurposeRequired(Exception):
    """The user has declared no purpose, or it has expired."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """An opened consultation: whose, for what, within which bounds. Its `receipt` goes on the screen and the print."""

    user: User
    actor: Actor
    purpose: Purpose
    action: Action
    scope: Scope
    intent: int
    receipt: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What an answer discloses: public ids of persons in the order shown, kinds of data, photo digest."""

    persons: Sequence[uuid.UUID] = ()
    fields: Sequence[str] = ()
    photo: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """Proof that a disclosure is committed. Only `disclose` makes one; renderers refuse to answer without it."""

    id: uuid.UUID
    event: int


def open_request(
    request: HttpRequest,
    action: Action,
    *,
    asked: dict[str, Any],
    channel: Channel = Channel.PAGE,
    needs: Permission = Permission.CONSULT_PEOPLE,
) -> Access:
    """Open a consultation for a web or API request. `asked` is recorded: the criteria or the id asked for.

    `needs` is a permission it takes besides that of consulting people.
    """
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    actor = actors.from_request(request, channel)
    bots.watch(request, user, action, asked, actor)
    return open_access(
        user, purposes.current(request), action, asked=asked, actor=actor, needs=needs, fresh=stepping.is_fresh(request)
    )


def open_access(
    user: User,
    purpose: Purpose | None,
    action: Action,
    *,
    asked: dict[str, Any],
    actor: Actor,
    needs: Permission = Permission.CONSULT_PEOPLE,
    fresh: bool = False,
) -> Access:
    """Open a consultation; commits the intent. Raises PermissionDenied, PurposeRequired, LimitReached or
    AuditUnavailable.

    Only where the second factor is `fresh` does the scope open the sealed persons that seals admit the user to; who was
    opened by exceptional access stays so for its half hour.
    """
    if not all(policy.allows(user, permission) for permission in (Permission.CONSULT_PEOPLE, needs)):
        recorder.record_now(Event(kind=Kind.DENIED, actor=actor, action=action, detail={"asked": asked}))
        raise policy.DeniedOnRecord
    if purpose is None or purpose.user_id != user.pk or not purpose.is_open:
        raise PurposeRequired
    count(user, action, asked, actor)
    intent = recorder.record_now(
        Event(
            kind=Kind.INTENT,
            actor=actor,
            action=action,
            purpose=purpose.pk,
            purpose_text=purposes.describe(purpose),
            detail={"asked": asked},
        )
    )
    scope = replace(scope_of(user), opened=_opened(user, fresh=fresh))
    return Access(user=user, actor=actor, purpose=purpose, action=action, scope=scope, intent=intent)


def _opened(user: User, *, fresh: bool) -> frozenset[int]:
    """The sealed persons whom the user may see now: by exceptional access, and with a fresh factor by the seals."""
    opened = ExceptionalAccess.objects.open_of(user.pk).persons()
    return opened | seals.opened_to(viewer=user.username, agency=user.agency.acronym) if fresh else opened


def count(user: User, action: Action, asked: dict[str, Any], actor: Actor) -> None:
    """Count one consultation of the user. Raises LimitReached, recorded."""
    try:
        limits.count(user, photo=action is Action.PHOTO)
    except LimitReached as reached:
        detail = {"whose": reached.whose, "window": reached.window, "most": reached.most, "asked": asked}
        recorder.record_now(Event(kind=Kind.LIMIT_REACHED, actor=actor, action=action, detail=detail))
        raise


def scope_of(user: User) -> Scope:
    """What the user may see, as the registry understands it, without sealed persons: those need a fresh factor."""
    return Scope(
        lawyers=policy.allows(user, Permission.SEE_LAWYERS),
        factions=policy.allows(user, Permission.SEE_FACTION),
    )


def disclose(access: Access, shown: Shown, *, size: int) -> Receipt:
    """Commit what the finished answer of `size` bytes shows. Raises AuditUnavailable: then nothing may leave."""
    detail: dict[str, Any] = {"fields": list(shown.fields), "bytes": size, **shown.extra}
    if access.scope.opened and (sealed := seals.sealed_among(shown.persons)):
        detail["sealed"] = [str(person) for person in sealed]
    if shown.photo:
        detail["photo"] = shown.photo
    event = recorder.record_now(
        Event(
            kind=Kind.DISCLOSURE,
            actor=access.actor,
            action=access.action,
            purpose=access.purpose.pk,
            purpose_text=purposes.describe(access.purpose),
            intent=access.intent,
            receipt=access.receipt,
            subjects=tuple(shown.persons),
            detail=detail,
        )
    )
    return Receipt(id=access.receipt, event=event)
