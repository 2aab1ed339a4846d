"""Taking over an account: a link by e-mail, a code by hand, then a password and an authenticator of one's own.

Whoever approved knows the code and not the link, whoever reads the mailbox the link and not the code.
"""

import secrets
import uuid
from base64 import b32encode
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential
from knox.models import AuthToken

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing import actors, policy
from credentialing.models import FirstAccess, User, UserSession
from credentialing.models.first_access import MOST_FAILURES
from credentialing.services import letters
from credentialing.services.letters import Letter
from senappen.lib.mail import post

# Without the letters and digits that are mistaken for one another when read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 2, 5
DEVICE = "aplicativo autenticador"
# What no code answers to; trying one takes as long as any.
_NO_CODE = UNUSABLE_PASSWORD_PREFIX


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A first access just issued. The code is shown this once, and kept nowhere in clear."""

    access: FirstAccess
    code: str = field(repr=False)


class NotOpen(Exception):
    """The link was used, replaced or let expire, or its code was wrong too often; or the code is wrong now."""


@transaction.atomic
def issue(*, user: User, by: Actor) -> Issued:
    """A new link for the account. Password, second factors, tokens, sessions and earlier links stop working at once."""
    User.objects.select_for_update().get(pk=user.pk)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    AuthToken.objects.filter(user=user).delete()
    TOTPDevice.objects.filter(user=user).delete()
    WebAuthnCredential.objects.filter(user=user).delete()
    UserSession.objects.open_of(user).end("closed")
    FirstAccess.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=timezone.now())
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    access = FirstAccess.objects.create(user=user, code=make_password(code))
    tell(user, "first_access.issue", by, until=access.expires_at.isoformat())
    return Issued(access=access, code=code)


def mail(access: FirstAccess, address: str) -> bool:
    """Send the link to the functional e-mail; whether it went. The message names the platform and nobody."""
    body = (
        f"Sua conta na {settings.PLATFORM_NAME} está pronta para o primeiro acesso.\n\n{address}\n\n"
        "Abra o endereço e digite o código que receberá de quem fez a conta. "
        f"Ele vale por {settings.FIRST_ACCESS_HOURS} horas e serve uma só vez.\n"
        "Se não esperava esta mensagem, avise o ponto focal do seu órgão.\n"
    )
    sent = bool(post("Primeiro acesso", body, [access.user.email], about=f"first access {access.pk}"))
    if sent:
        FirstAccess.objects.filter(pk=access.pk).update(mailed=True)
    return sent


def prove(*, pk: uuid.UUID, code: str, by: Actor) -> FirstAccess:
    """The open link whose code this is. Wrong codes are counted and recorded. Raises NotOpen, whatever is wrong.

    Of a link that does not exist, or no longer opens anything, the same is done, so that the time tells nothing.
    """
    with transaction.atomic():
        access = _open(pk)
        right = check_password(code.strip().lower(), access.code if access else _NO_CODE)
        if access is None or not right:
            FirstAccess.objects.filter(pk=pk, failures__lt=MOST_FAILURES).update(failures=F("failures") + 1)
            _record_refusal(access, pk, by)
    if access is None or not right:
        raise NotOpen
    return access


@transaction.atomic
def device(*, pk: uuid.UUID) -> TOTPDevice:
    """The authenticator that the link's owner is setting up: the same one at every look. Raises NotOpen."""
    access = _open(pk)
    if access is None:
        raise NotOpen
    return TOTPDevice.objects.get_or_create(user=access.user, confirmed=False, defaults={"name": DEVICE})[0]


@transaction.atomic
def complete(*, pk: uuid.UUID, password: str, code: str, by: Actor) -> User | None:
    """Give the account its password and authenticator, and use the link up; None if the code is not the device's.

    `password` is validated already. Raises NotOpen.
    """
    access = _open(pk)
    held = TOTPDevice.objects.filter(user=access.user, confirmed=False).first() if access else None
    if access is None or held is None:
        raise NotOpen
    if not held.verify_token(code):
        return None
    user = access.user
    user.set_password(password)
    user.save(update_fields=["password"])
    held.confirmed = True
    held.save(update_fields=["confirmed"])
    access.used_at = timezone.now()
    access.save(update_fields=["used_at"])
    tell(user, "first_access.complete", actors.as_user(by, user))
    letters.send_later(user, Letter.TAKEN_OVER)
    return user


def key(device: TOTPDevice) -> str:
    """The authenticator's key in base32, groups of four, as it is typed by hand."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def tell(user: User, action: str, by: Actor, **more: object) -> None:
    """Record what became of an account, inside the caller's transaction."""
    detail = {"account": user.pk, "username": user.username, **more}
    recorder.record_with(Event(kind=Kind.ACCOUNT_CHANGED, actor=by, action=action, detail=detail))


def _record_refusal(access: FirstAccess | None, pk: uuid.UUID, by: Actor) -> None:
    if access is not None:
        by = actors.as_user(by, access.user)
        tell(access.user, "first_access.wrong_code", by, failures=access.failures + 1)
        return
    # The link is half of a secret: its fingerprint still shows which attempts belong together.
    detail = {"link": recorder.fingerprint(str(pk))}
    recorder.record_with(Event(kind=Kind.ACCOUNT_CHANGED, actor=by, action="first_access.refused", detail=detail))


def _open(pk: uuid.UUID) -> FirstAccess | None:
    rows = FirstAccess.objects.select_for_update(of=("self",)).select_related("user__agency")
    access = rows.filter(pk=pk).first()
    return access if access is not None and access.is_open and policy.may_take_over(access.user) else None
