"""API tokens: issued to a person after both factors, valid for `REST_KNOX["TOKEN_TTL"]`, stored hashed."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from knox.models import AuthToken

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import User


class TooManyTokens(Exception):
    """The person already holds as many tokens as one may."""


@transaction.atomic
def issue(*, user: User, by: Actor) -> tuple[AuthToken, str]:
    """A new token: its row, and the secret that is shown once. Raises TooManyTokens."""
    # The account's row serialises simultaneous requests: the limit holds under concurrency.
    User.objects.select_for_update().get(pk=user.pk)
    tokens = AuthToken.objects.filter(user=user)
    tokens.filter(expiry__lte=timezone.now()).delete()
    if tokens.count() >= settings.REST_KNOX["TOKEN_LIMIT_PER_USER"]:
        raise TooManyTokens
    token, secret = AuthToken.objects.create(user=user)
    # Both factors were proven for it: the account is in use, though no session was opened.
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    detail = {"token": recorder.fingerprint(token.digest), "expires_at": token.expiry.isoformat()}
    recorder.record_with(Event(kind=Kind.TOKEN_ISSUED, actor=by, detail=detail))
    return token, secret


def held_by(user: User) -> QuerySet[AuthToken]:
    """The tokens of the person that have not expired, the newest first."""
    held: QuerySet[AuthToken] = AuthToken.objects.filter(user=user, expiry__gt=timezone.now())
    return held.order_by("-created")


@transaction.atomic
def revoke(*, token: AuthToken, by: Actor) -> None:
    """End the token at once."""
    detail = {"token": recorder.fingerprint(token.digest)}
    token.delete()
    recorder.record_with(Event(kind=Kind.TOKEN_REVOKED, actor=by, detail=detail))
