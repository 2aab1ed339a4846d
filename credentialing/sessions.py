"""The life of a web session: password proven → both factors proven → used → closed, each told to the audit."""

import time
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.contrib import auth
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp import login as otp_login
from django_otp.models import Device

from audit import recorder
from audit.events import Channel, Event, Kind
from credentialing import actors, devices, policy
from credentialing.models import User, UserSession
from credentialing.services import letters
from credentialing.services.letters import Letter

PENDING = "login_pending"
PENDING_SECONDS = 5 * 60
OPENED_AT = "opened_at"
SEEN_AT = "seen_at"
ROW = "user_session"
FIRST = "first_factor"


class First(StrEnum):
    """What was proven before the second factor."""

    PASSWORD = "password"  # noqa: S105
    GOVBR = "govbr"


class State(StrEnum):
    """What a request's session is worth. The values of closed states are stored in the audit as the reason."""

    OPEN = "open"
    ANONYMOUS = "anonymous"
    FROZEN = "frozen"
    CLOSED = "closed"  # the account or its agency was closed meanwhile
    UNVERIFIED = "unverified"
    REPLACED = "replaced"  # the person entered elsewhere, or somebody ended the session
    IDLE = "idle"
    EXPIRED = "expired"


def hold(request: HttpRequest, user: User, next_path: str, *, first: First = First.PASSWORD) -> None:
    """Remember for a few minutes that the first factor was proven. Nobody is logged in by this."""
    # A session someone else may know (fixation, or the previous person at this machine) is not carried over.
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk,
        "at": int(time.time()),
        "next": next_path,
        # Changing the password meanwhile makes what was proven worthless.
        "hash": user.get_session_auth_hash(),
        "first": first,
    }


def held(request: HttpRequest) -> tuple[User, str] | None:
    """Whose first factor was proven in this session within five minutes, and where they wanted to go."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return None
    user = User.objects.select_related("agency").filter(pk=pending["user"]).first()
    if user is None or not policy.may_enter(user):
        return None
    return (user, pending["next"]) if user.get_session_auth_hash() == pending["hash"] else None


def start(request: HttpRequest, user: User, device: Device) -> UserSession | None:
    """Log the user in, both factors proven; the session this one replaces, if another was open.

    Without the audit's commit there is no session (AuditUnavailable), and the other one stays.
    """
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    otp_login(request, device)
    request.session[FIRST] = request.session.pop(PENDING, {}).get("first", First.PASSWORD)
    request.session[OPENED_AT] = request.session[SEEN_AT] = int(time.time())
    actor = actors.from_request(request, Channel.PAGE)
    try:
        recorder.record_now(Event(kind=Kind.LOGIN, actor=actor, detail={"first": first_factor(request)}))
    except recorder.AuditUnavailable:
        auth.logout(request)
        raise
    return register(request, user, address=actor.address)


def first_factor(request: HttpRequest) -> First:
    """What the session was opened with, beside the second factor."""
    return First(request.session.get(FIRST, First.PASSWORD))


@transaction.atomic
def register(request: HttpRequest, user: User, *, address: str | None) -> UserSession | None:
    """Write the session down as the person's only one; the one it replaces, if another was open."""
    # The account's row makes two simultaneous entries one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    mine = UserSession.objects.open_of(user)
    replaced = mine.first()
    mine.end(State.REPLACED)
    device = devices.describe(request.headers.get("User-Agent", ""))
    before = UserSession.objects.filter(user=user)
    is_news = before.exists() and not before.filter(device=device, address=address).exists()
    row = UserSession.objects.create(user=user, device=device, address=address)
    if is_news:
        letters.send_later(user, Letter.NEW_PLACE, session=row)
    request.session[ROW] = str(row.pk)
    return replaced


def row_of(request: HttpRequest) -> UserSession | None:
    """The open session this request belongs to, read once; None under a token."""
    if not hasattr(request, "_user_session"):
        key = request.session.get(ROW)
        found = UserSession.objects.filter(pk=key, ended_at=None).first() if key else None
        request._user_session = found  # type: ignore[attr-defined]
    return request._user_session  # type: ignore[attr-defined, no-any-return]


def is_elevated(request: HttpRequest) -> bool:
    """True if the session's person proved the second factor within `STEP_UP_SECONDS`."""
    row = row_of(request)
    return row is not None and row.is_elevated


def elevate(request: HttpRequest) -> None:
    """Note that the second factor was proven just now. Raises AuditUnavailable: then nothing is noted."""
    row = row_of(request)
    if row is None:
        raise PermissionDenied
    recorder.record_now(Event(kind=Kind.STEPPED_UP, actor=actors.from_request(request, Channel.PAGE)))
    row.proven_at = timezone.now()
    row.save(update_fields=["proven_at"])


def state(request: HttpRequest) -> State:
    """What the session is worth now. Accounts and agencies are read anew at every request."""
    # Before Django looks: it empties the session of an account whose password changed.
    claimed = request.session.get(auth.SESSION_KEY)
    user = request.user
    if not isinstance(user, User):
        return _closed(claimed) if claimed is not None else State.ANONYMOUS
    if not user.is_verified():  # type: ignore[attr-defined]
        return State.UNVERIFIED
    row = row_of(request)
    if row is None or row.user_id != user.pk:
        return State.REPLACED
    now = time.time()
    if now - request.session.get(OPENED_AT, now) > settings.SESSION_COOKIE_AGE:
        return State.EXPIRED
    if now - request.session.get(SEEN_AT, now) > settings.SESSION_IDLE_SECONDS:
        return State.IDLE
    return State.OPEN


def _closed(claimed: str) -> State:
    """Why the session's account is nobody's any more."""
    account = User.objects.filter(pk=claimed)
    return State.FROZEN if account.filter(is_active=True, frozen_at__isnull=False).exists() else State.CLOSED


@dataclass(frozen=True)
class Left:
    """How many seconds a session still has: without use, and however much it is used."""

    idle: int
    total: int


def left(request: HttpRequest) -> Left:
    """What is left of an open session, by the server's clock, which alone decides."""
    now = time.time()
    idle = settings.SESSION_IDLE_SECONDS - (now - request.session.get(SEEN_AT, now))
    total = settings.SESSION_COOKIE_AGE - (now - request.session.get(OPENED_AT, now))
    return Left(idle=max(0, int(idle)), total=max(0, int(total)))


def touch(request: HttpRequest) -> None:
    """Note that the session is in use, to a sixtieth of the idle limit: not every page needs a write."""
    now = int(time.time())
    request.session.setdefault(OPENED_AT, now)
    if now - request.session.get(SEEN_AT, 0) >= settings.SESSION_IDLE_SECONDS // 60:
        request.session[SEEN_AT] = now


def end(request: HttpRequest, reason: str) -> None:
    """Log out, whatever the audit says, and then record it: closing must never wait. Raises AuditUnavailable."""
    actor = actors.from_request(request, Channel.PAGE)
    if row := request.session.get(ROW):
        UserSession.objects.filter(pk=row).end(reason)
    key = request.session.get(auth.SESSION_KEY)
    if actor.id is None and key is not None:
        # A closed account is no longer anybody to Django; the audit still wants to know whose session ended.
        closed = User.objects.select_related("agency").filter(pk=key).first()
        actor = actors.as_user(actor, closed) if closed else actor
    auth.logout(request)
    recorder.record_now(Event(kind=Kind.LOGOUT, actor=actor, detail={"reason": reason}))
