"""Accounts: their first credentials, new ones when lost, and the password their owner chooses."""

import secrets
from base64 import b32encode
from dataclasses import dataclass, field

from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice
from knox.models import AuthToken

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import User

# Without the letters and digits that are mistaken for one another when read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 5


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What is shown once and kept nowhere in clear: a password for the first login, and the authenticator's key."""

    user: User
    password: str = field(repr=False)
    key: str = field(repr=False)
    uri: str = field(repr=False)


def issue(*, user: User) -> Credentials:
    """Give the account a temporary password and a new authenticator; everything it held before stops working.

    The caller holds the transaction and records the event, since it may be part of a larger change.
    """
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    AuthToken.objects.filter(user=user).delete()
    TOTPDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(user=user, name="aplicativo autenticador", confirmed=True)
    key = b32encode(device.bin_key).decode()
    return Credentials(user=user, password=password, key=key, uri=device.config_url)


@transaction.atomic
def renew(*, user: User, by: Actor) -> Credentials:
    """New credentials for somebody who lost theirs. Sessions end at their next request."""
    credentials = issue(user=user)
    detail = {"model": str(User._meta.verbose_name), "ids": [str(user.pk)]}
    recorder.record_with(Event(kind=Kind.ADMIN_CHANGE, actor=by, action="credentials", detail=detail))
    return credentials


@transaction.atomic
def choose_password(*, user: User, password: str, by: Actor) -> None:
    """The owner's own choice, already validated. Tokens end; sessions do by Django's password hash."""
    user.set_password(password)
    user.password_is_temporary = False
    user.save(update_fields=["password", "password_is_temporary"])
    AuthToken.objects.filter(user=user).delete()
    recorder.record_with(Event(kind=Kind.PASSWORD_CHANGED, actor=by))
