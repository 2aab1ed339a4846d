"""What the authenticator must sign: kept in the server's session for five minutes, for one ceremony, used once."""

import time
from enum import StrEnum
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from credentialing.models import User

KEY: Final = "passkey"
SECONDS: Final = 5 * 60

State = dict[str, Any]


class Ceremony(StrEnum):
    """What a challenge is good for."""

    ADD = "add"
    ENTER = "enter"
    CONFIRM = "confirm"


def keep(request: HttpRequest, ceremony: Ceremony, user: User, state: State) -> None:
    """Remember the challenge just made; an earlier one of this session is forgotten."""
    request.session[KEY] = {"ceremony": ceremony, "user": user.pk, "at": time.time(), "state": state}


def take(request: HttpRequest, ceremony: Ceremony, user: User) -> State | None:
    """The challenge of this ceremony and account, this once; None if there is none, or it is too old."""
    kept = request.session.pop(KEY, None)
    if kept is None or (kept["ceremony"], kept["user"]) != (ceremony, user.pk) or time.time() - kept["at"] > SECONDS:
        return None
    state: State = kept["state"]
    # The session is written when the request ends: of two requests at once both would still find it there.
    used = salted_hmac("passkey-challenge", state["challenge"]).hexdigest()
    return state if cache.add(f"passkey-challenge:{used}", 1, SECONDS) else None
