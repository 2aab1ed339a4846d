"""What every page of somebody who consults knows of their own work."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from consulta.models import ExceptionalAccess
from consulta.seals.requests import listing as seal_requests
from consulta.work.follows.listing import unread
from credentialing import policy
from credentialing.models import User
from credentialing.roles import Permission


def work(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`unread_notices`, `exceptional_waiting`, `seal_answers`, `seals_asked`: how many; asked of the database once, and
    only by a page that prints them."""
    user: Any = getattr(request, "user", None)

    @cache
    def unread_notices() -> int:
        consults = isinstance(user, User) and policy.allows(user, Permission.CONSULT_PEOPLE)
        return unread(user) if consults else 0

    @cache
    def exceptional_waiting() -> int:
        reviews = isinstance(user, User) and policy.allows(user, Permission.REVIEW_EXCEPTIONAL)
        return ExceptionalAccess.objects.waiting(user.agency_id).count() if reviews else 0

    @cache
    def seal_answers() -> int:
        asks = isinstance(user, User) and policy.allows(user, Permission.REQUEST_SEALS)
        return seal_requests.unread(user) if asks else 0

    @cache
    def seals_asked() -> int:
        keeps = isinstance(user, User) and policy.allows(user, Permission.KEEP_SEALS)
        return seal_requests.waiting().count() if keeps else 0

    return {
        "unread_notices": unread_notices,
        "exceptional_waiting": exceptional_waiting,
        "seal_answers": seal_answers,
        "seals_asked": seals_asked,
    }
