"""The life of a web session: password proven → both factors proven → used → closed, each told to the audit."""

import time
from enum import StrEnum

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp.models import Device

from audit import recorder
from audit.events import Channel, Event, Kind
from credentialing import actors
from credentialing.models import User

PENDING = "login_pending"
PENDING_SECONDS = 5 * 60
OPENED_AT = "opened_at"
SEEN_AT = "seen_at"
# The time of the last request is written at most this often: not every page needs a write.
SEEN_EVERY_SECONDS = 15


class State(StrEnum):
    """What a request's session is worth. The values of closed states are stored in the audit as the reason."""

    OPEN = "open"
    ANONYMOUS = "anonymous"
    CLOSED = "closed"  # the account or its agency was closed meanwhile
    UNVERIFIED = "unverified"
    IDLE = "idle"
    EXPIRED = "expired"


def hold(request: HttpRequest, user: User, next_path: str) -> None:
    """Remember for a few minutes that the password was right. Nobody is logged in by this."""
    # A session someone else may know (fixation, or the previous person at this machine) is not carried over.
    request.session.flush()
    request.session[PENDING] = {
        "user": user.pk,
        "at": int(time.time()),
        "next": next_path,
        # Changing the password meanwhile makes what was proven worthless.
        "hash": user.get_session_auth_hash(),
    }


def held(request: HttpRequest) -> tuple[User, str] | None:
    """Whose password was proven in this session within five minutes, and where they wanted to go."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        return None
    user = User.objects.select_related("agency").filter(pk=pending["user"]).first()
    if user is None or not user.is_active or not user.agency.is_open:
        return None
    return (user, pending["next"]) if user.get_session_auth_hash() == pending["hash"] else None


def start(request: HttpRequest, user: User, device: Device) -> None:
    """Log the user in, both factors proven. Without the audit's commit there is no session (AuditUnavailable)."""
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    otp_login(request, device)
    request.session.pop(PENDING, None)
    request.session[OPENED_AT] = request.session[SEEN_AT] = int(time.time())
    try:
        recorder.record_now(Event(kind=Kind.LOGIN, actor=actors.from_request(request, Channel.PAGE)))
    except recorder.AuditUnavailable:
        auth.logout(request)
        raise


def state(request: HttpRequest) -> State:
    """What the session is worth now. Accounts and agencies are read anew at every request."""
    claimed = auth.SESSION_KEY in request.session
    user = request.user
    if not isinstance(user, User):
        return State.CLOSED if claimed else State.ANONYMOUS
    if not user.is_verified():  # type: ignore[attr-defined]
        return State.UNVERIFIED
    now = time.time()
    if now - request.session.get(OPENED_AT, now) > settings.SESSION_COOKIE_AGE:
        return State.EXPIRED
    if now - request.session.get(SEEN_AT, now) > settings.SESSION_IDLE_SECONDS:
        return State.IDLE
    return State.OPEN


def touch(request: HttpRequest) -> None:
    """Note that the session is in use."""
    now = int(time.time())
    request.session.setdefault(OPENED_AT, now)
    if now - request.session.get(SEEN_AT, 0) >= SEEN_EVERY_SECONDS:
        request.session[SEEN_AT] = now


def end(request: HttpRequest, reason: str) -> None:
    """Log out, whatever the audit says, and then record it: closing must never wait. Raises AuditUnavailable."""
    actor = actors.from_request(request, Channel.PAGE)
    key = request.session.get(auth.SESSION_KEY)
    if actor.id is None and key is not None:
        # A closed account is no longer anybody to Django; the audit still wants to know whose session ended.
        closed = User.objects.select_related("agency").filter(pk=key).first()
        actor = actors.as_user(actor, closed) if closed else actor
    auth.logout(request)
    recorder.record_now(Event(kind=Kind.LOGOUT, actor=actor, detail={"reason": reason}))
