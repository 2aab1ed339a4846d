"""What a page of a pair carries so that a vote is on what was shown, by whom it was shown to, and how long it took."""

import time
from dataclasses import dataclass
from typing import Any, Final

from django.core import signing

from credentialing.models import User

_SALT: Final = "consulta.review"


class Unreadable(Exception):
    """The token is not ours, or another reviewer's."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reviewer was shown (a fingerprint) and for how many seconds."""

    shown: str
    seconds: float


def seal(review: int, shown: str, user: User) -> str:
    """A token for the form of one pair."""
    return signing.dumps([review, user.pk, shown, time.time()], salt=_SALT)


def unseal(token: str, review: int, user: User) -> Seen:
    """Raises Unreadable."""
    try:
        content: Any = signing.loads(token, salt=_SALT)
        pair, reader, shown, at = content
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unreadable from error
    if (pair, reader) != (review, user.pk):
        raise Unreadable
    return Seen(str(shown), max(0.0, time.time() - float(at)))
