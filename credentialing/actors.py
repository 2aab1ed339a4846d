"""Turns a request or a command into the `Actor` the audit records."""

import uuid

from django.http import HttpRequest

from audit.events import Actor, Channel
from audit.recorder import fingerprint
from credentialing.models import User


def from_request(request: HttpRequest, channel: Channel, *, user: User | None = None) -> Actor:
    """The actor of a request: its account (or `user`, while logging in), address and session, never secrets."""
    account = user or (request.user if isinstance(request.user, User) else None)
    token = getattr(request, "auth", None)
    secret = getattr(token, "digest", None) or request.session.session_key or ""
    return Actor(
        id=account.pk if account else None,
        username=account.username if account else "",
        role=account.role if account else "",
        agency=account.agency.acronym if account else "",
        channel=channel,
        # The reverse proxy in front of production replaces REMOTE_ADDR by the client's address.
        address=request.META.get("REMOTE_ADDR") or None,
        session=fingerprint(secret),
        request=getattr(request, "reference", None) or uuid.uuid4(),
    )


def from_terminal(user: User) -> Actor:
    """The actor of a command that a person, already authenticated, runs in a terminal."""
    return Actor(id=user.pk, username=user.username, role=user.role, agency=user.agency.acronym, channel=Channel.CLI)
