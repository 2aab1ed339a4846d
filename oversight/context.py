"""What every page knows of what waits at the desk for its reader."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from credentialing.models import User
from oversight.models import Alert


def desk(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`misuse_waiting`, `explanations_waiting`, `confirmations_waiting`: how many; asked of the database once, and only
    by a page that prints them."""
    user: Any = getattr(request, "user", None)
    known = isinstance(user, User)

    @cache
    def misuse_waiting() -> int:
        return Alert.objects.judged_by(user).waiting().count() if known else 0

    @cache
    def explanations_waiting() -> int:
        return Alert.objects.asked_of(user).count() if known else 0

    @cache
    def confirmations_waiting() -> int:
        return Alert.objects.confirmed_by(user).count() if known else 0

    return {
        "misuse_waiting": misuse_waiting,
        "explanations_waiting": explanations_waiting,
        "confirmations_waiting": confirmations_waiting,
    }
