"""From an answer of gov.br to the one approved account of that person. Nothing here makes or changes an account."""

import time
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from audit.events import Actor, Kind
from credentialing import actors, lockout
from credentialing.govbr.client import Failed, GovBr
from credentialing.models import User
from credentialing.requests.asking import digest
from credentialing.services import login
from senappen.lib import cpf

# Where mozilla-django-oidc keeps what it began in this browser, by the state it sent along.
STATES: Final = "oidc_states"
SECONDS: Final = 10 * 60
# *Níveis da conta*, from the lowest, as the claim `reliability_info` names them.
LEVELS: Final = ("bronze", "silver", "gold")


@dataclass(frozen=True)
class Answer:
    """What the browser brought back. `state`, `code` and `error` are as gov.br wrote them into the address."""

    state: str
    code: str = field(repr=False)
    error: str
    return_address: str


def is_on() -> bool:
    """True where a credential of gov.br is configured."""
    return bool(settings.OIDC_RP_CLIENT_ID)


def take(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """What was begun in this browser under the state, this once; None if nothing was, or too long ago."""
    begun: dict[str, Any] = request.session.get(STATES) or {}
    kept: dict[str, Any] | None = begun.pop(state, None)
    request.session.modified = kept is not None or request.session.modified
    if kept is None or time.time() - kept["added_on"] > SECONDS:
        return None
    # The session is written when the request ends: of two requests at once both would still find it there.
    used = salted_hmac("govbr-state", state).hexdigest()
    return kept if cache.add(f"govbr-state:{used}", 1, SECONDS) else None


def identify(answer: Answer, begun: dict[str, Any] | None, *, by: Actor) -> User:
    """The approved account of who proved themselves to gov.br. Raises LoginRefused, recorded with its cause."""
    try:
        number, level = _proven(answer, begun)
    except Failed as failure:
        login.record(Kind.LOGIN_FAILED, by, failure.cause, "")
        raise login.LoginRefused from None
    found = _account(number)
    cause = _cause(found, level, by)
    if cause:
        login.record(Kind.LOGIN_FAILED, actors.as_user(by, found) if found else by, cause, number)
    if cause or found is None:
        raise login.LoginRefused
    return found


def _proven(answer: Answer, begun: dict[str, Any] | None) -> tuple[str, str]:
    """CPF and level, as gov.br signed them for what was begun here."""
    if begun is None:
        raise Failed("govbr_state")
    if answer.error or not answer.code:
        raise Failed("govbr_denied")
    claims = GovBr().claims(
        code=answer.code,
        verifier=begun["code_verifier"],
        nonce=begun["nonce"],
        return_address=answer.return_address,
    )
    number = cpf.normal(str(claims["sub"]))
    if not number:
        raise Failed("govbr_cpf")
    reliability = claims.get("reliability_info")
    level = reliability.get("level") if isinstance(reliability, dict) else None
    return number, str(level)


def _account(number: str) -> User | None:
    """The person's open account, of which there is one at most; else the last that was theirs, for the audit."""
    theirs = User.objects.with_bounds().filter(cpf_digest=digest(number))
    return theirs.order_by("-is_active", "-pk").first()


def _cause(found: User | None, level: str, by: Actor) -> str:
    """Why the account is not entered; empty when it is."""
    if found is None:
        return "unknown"
    if lockout.is_locked(found.username, by.address):
        return "locked"
    if level not in LEVELS or LEVELS.index(level) < LEVELS.index(settings.GOVBR_LEVEL):
        return "govbr_level"
    if found.is_active and found.frozen_at is not None:
        return "account_frozen"
    return login.closed_because(found)
