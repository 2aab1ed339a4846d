"""Proving who someone is: a password, then a second factor. The pages, the API and the command line share it.

Every failure is counted (`credentialing.lockout`) and then recorded. What the caller learns is only that it failed.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.contrib.auth import authenticate
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing import actors, lockout
from credentialing.models import User
from credentialing.services import freezing


class LoginRefused(Exception):
    """The attempt failed. `locked`: too many failures, wait. `frozen`: the password was right, the account is closed
    until a corregedor opens it. Never says which part was wrong: `reason`, of a second factor, is not for
    the person."""

    def __init__(self, *, locked: bool = False, frozen: bool = False, reason: str = "") -> None:
        super().__init__("login refused")
        self.locked, self.frozen, self.reason = locked, frozen, reason

    @property
    def message(self) -> str:
        """What the person is told."""
        if self.frozen:
            return freezing.TOLD
        if self.locked:
            return "Muitas tentativas sem sucesso. Aguarde 15 minutos e tente de novo."
        return "Os dados não conferem, ou a conta não está ativa. Confira e tente de novo."


class NotProven(Exception):
    """A second factor that does not prove anything. `reason` is for the audit alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_password(*, username: str, password: str, by: Actor) -> User:
    """The account whose password this is. `by` names only where the attempt comes from. Raises LoginRefused.

    Refused with or without an account of that name, a password is hashed once and the same statements are sent, so
    that the time tells nothing. Only a lock, which names and nobody's names meet alike, is answered without trying.
    """
    named = User.objects.at_the_door(username)
    attempt = _attempt(by, named, username)
    if lockout.is_locked(username, by.address):
        record(Kind.LOGIN_FAILED, attempt, "locked", username)
        raise LoginRefused(locked=True)
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        lockout.count_failure(username, by.address)
        record(Kind.LOGIN_FAILED, attempt, _reason(named), username)
        raise LoginRefused
    if user.frozen_at is not None:
        # Only who knows the password learns it.
        record(Kind.LOGIN_FAILED, attempt, "account_frozen", username)
        raise LoginRefused(frozen=True)
    return user


def check_code(user: User, code: str, *, by: Actor) -> Device:
    """The user's device that made the code (django-otp throttles wrong ones). Raises LoginRefused."""
    return check_second_factor(user, partial(_by_code, user, code), by=by)


def check_second_factor(user: User, prove: Callable[[], Device], *, by: Actor) -> Device:
    """The device that `prove` finds proven. Its NotProven is counted and recorded, whatever the factor.

    Raises LoginRefused; once too many failed, without asking `prove`.
    """
    attempt = actors.as_user(by, user)
    if lockout.is_locked(user.username, by.address):
        record(Kind.SECOND_FACTOR_FAILED, attempt, "locked", user.username)
        raise LoginRefused(locked=True)
    try:
        device = prove()
    except NotProven as failure:
        lockout.count_failure(user.username, by.address)
        record(Kind.SECOND_FACTOR_FAILED, attempt, failure.reason, user.username)
        locked = lockout.is_locked(user.username, by.address)
        raise LoginRefused(locked=locked, reason=failure.reason) from None
    lockout.clear(user.username, by.address)
    return device


def _by_code(user: User, code: str) -> Device:
    device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    verified = verify_token(user, device.persistent_id, code) if device else None
    if verified is None:
        raise NotProven("code" if device else "no_device")
    return verified


def _attempt(by: Actor, named: User | None, username: str) -> Actor:
    return actors.as_user(by, named) if named else replace(by, username="")


def _reason(named: User | None) -> str:
    return "unknown" if named is None else closed_because(named) or "password"


def closed_because(user: User) -> str:
    """Why nobody enters with the account, whatever they prove; empty when its owner does. Freezing is told apart."""
    if not user.is_active:
        return "account_closed"
    if not user.agency.is_open:
        return "agency_closed"
    return "" if user.acts_now else "not_designated"


def record(kind: Kind, attempt: Actor, reason: str, typed: str) -> None:
    """Write a failed proof down. `typed` is what was given for a name, of which a keyed digest is kept."""
    # What was typed as a name may be a password: a keyed digest still shows that attempts belong together.
    detail = {"reason": reason, "typed": salted_hmac("login-typed", typed.casefold()).hexdigest()[:16]}
    recorder.record_now(Event(kind=kind, actor=attempt, detail=detail))
