"""Adding, removing and using a passkey. django-otp-webauthn verifies; here is what that means for an account."""

import logging
from functools import partial
from typing import Any, Final

from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_otp.models import Device
from django_otp_webauthn.exceptions import CredentialNotFound, CredentialUserMismatch, OTPWebAuthnApiError
from django_otp_webauthn.models import WebAuthnCredential
from webauthn import base64url_to_bytes, verify_authentication_response
from webauthn.helpers.exceptions import InvalidAuthenticationResponse, WebAuthnException

from audit.events import Actor
from credentialing import actors
from credentialing.models import CopiedKey, User
from credentialing.passkeys.challenges import State
from credentialing.passkeys.helper import PasskeyHelper
from credentialing.services import letters, login
from credentialing.services.first_access import tell
from credentialing.services.letters import Letter

logger = logging.getLogger(__name__)

MOST: Final = 5
COPIED: Final = "passkey_cloned"
# An answer may hold anything; the database refuses a key that is known already and a count beyond its numbers.
_UNFIT = (WebAuthnException, OTPWebAuthnApiError, ValueError, TypeError, KeyError, DataError, IntegrityError)


class Refused(Exception):
    """A key that was not added. `message` is what the person is told."""

    def __init__(self, message: str) -> None:
        super().__init__("passkey refused")
        self.message = message


def held_by(user: User) -> "QuerySet[Any]":
    """The account's passkeys, oldest first."""
    rows: QuerySet[Any] = WebAuthnCredential.objects.filter(user=user).order_by("created_at", "pk")
    return rows


def begin_adding(user: User) -> tuple[dict[str, Any], State]:
    """What the browser needs to make a key, and what to remember. Raises Refused when the account has enough."""
    _require_room(user)
    begun: tuple[dict[str, Any], State] = PasskeyHelper().register_begin(user)
    return begun


@transaction.atomic
def add(*, user: User, name: str, state: State | None, answer: dict[str, Any], by: Actor) -> None:
    """Keep a key the authenticator made for this challenge. Raises Refused."""
    # The account's row makes simultaneous additions one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    _require_room(user)
    if state is None:
        raise Refused("O tempo acabou, ou o pedido já foi usado. Comece de novo.")
    try:
        with transaction.atomic():
            key = PasskeyHelper().register_complete(user, state, answer)
    except _UNFIT as error:
        _note(error)
        raise Refused("A chave de acesso não foi aceita. Tente de novo, ou com outra chave.") from None
    key.name = name
    key.save(update_fields=["name"])
    tell(user, "passkey.add", actors.as_user(by, user), passkey=name)
    letters.send_later(user, Letter.KEY_ADDED)


@transaction.atomic
def remove(*, user: User, key: int, by: Actor) -> bool:
    """Forget a key of the account, and with it the session it opened; False if the account has no such key."""
    found = held_by(user).select_for_update().filter(pk=key).first()
    if found is None:
        return False
    found.delete()
    tell(user, "passkey.remove", actors.as_user(by, user), passkey=found.name)
    letters.send_later(user, Letter.KEY_REMOVED)
    return True


def begin_proving(user: User) -> tuple[dict[str, Any], State]:
    """What the browser needs to use one of the account's keys, and what to remember."""
    begun: tuple[dict[str, Any], State] = PasskeyHelper().authenticate_begin(user, require_user_verification=True)
    return begun


def prove(user: User, state: State | None, answer: dict[str, Any], *, by: Actor) -> Device:
    """The account's key that signed the challenge. A failure counts as a wrong code does: raises login.LoginRefused."""
    try:
        return login.check_second_factor(user, partial(_signed, user, state, answer), by=by)
    except login.LoginRefused as refusal:
        if refusal.reason == COPIED:
            _alarm(user)
        raise


@transaction.atomic
def _alarm(user: User) -> None:
    """A key that exists twice, once a day: for the corregedor's queue (`oversight`), and by letter."""
    if CopiedKey.objects.get_or_create(user=user, seen_on=timezone.localdate())[1]:
        letters.send_later(user, Letter.KEY_COPIED)
        letters.send_later(user, Letter.KEY_COPIED_ALARM)


def _signed(user: User, state: State | None, answer: dict[str, Any]) -> Device:
    if state is None:
        raise login.NotProven("passkey_challenge")
    try:
        with transaction.atomic():
            # Of two answers at once by one key the second is held against the count of the first.
            keys = list(held_by(user).select_for_update())
            return PasskeyHelper().authenticate_complete(user, state, answer)
    except (CredentialNotFound, CredentialUserMismatch):
        raise login.NotProven("passkey_unknown") from None
    except InvalidAuthenticationResponse as error:
        _note(error)
        cloned = any(_is_clone(key, state, answer) for key in keys)
        raise login.NotProven(COPIED if cloned else "passkey") from None
    except _UNFIT as error:
        _note(error)
        raise login.NotProven("passkey") from None


def _is_clone(key: Any, state: State, answer: dict[str, Any]) -> bool:
    """True if all is right but the count of uses, which went back: then the key exists twice."""
    helper = PasskeyHelper()
    try:
        verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(state["challenge"]),
            expected_rp_id=helper.get_relying_party_domain(),
            expected_origin=helper.get_allowed_origins(),
            credential_public_key=key.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except _UNFIT:
        return False
    return True


def _note(error: Exception) -> None:
    """To the log, for whoever set a wrong domain: the verifier speaks of origins and formats, the database of rows."""
    reason = repr(str(error))[:200] if isinstance(error, WebAuthnException) else ""
    logger.warning("passkey refused: %s %s", type(error).__name__, reason)


def _require_room(user: User) -> None:
    if held_by(user).count() >= MOST:
        raise Refused(f"Cada conta tem no máximo {MOST} chaves de acesso. Remova uma antes de cadastrar outra.")
