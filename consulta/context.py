"""What every page of somebody who consults knows of their own work."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from consulta.work.follows.listing import unread
from credentialing import policy
from credentialing.models import User
from credentialing.roles import Permission


def work(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`unread_notices`: how many; asked of the database once, and only by a page that prints it."""
    user: Any = getattr(request, "user", None)

    @cache
    def unread_notices() -> int:
        consults = isinstance(user, User) and policy.allows(user, Permission.CONSULT_PEOPLE)
        return unread(user) if consults else 0

    return {"unread_notices": unread_notices}
