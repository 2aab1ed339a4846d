"""Turns a request or a command into the `Actor` the audit records."""

import uuid
from dataclasses import replace

from django.http import HttpRequest

from audit.events import Actor, Channel
from audit.recorder import fingerprint
from credentialing.models import User


def from_request(request: HttpRequest, channel: Channel) -> Actor:
    """The actor of a request: its account (none while logging in), address and session, never secrets."""
    token = getattr(request, "auth", None)
    secret = getattr(token, "digest", None) or request.session.session_key or ""
    actor = Actor(
        username="",
        channel=channel,
        # The reverse proxy in front of production replaces REMOTE_ADDR by the client's address.
        address=request.META.get("REMOTE_ADDR") or None,
        session=fingerprint(secret),
        request=getattr(request, "reference", None) or uuid.uuid4(),
    )
    return as_user(actor, request.user) if isinstance(request.user, User) else actor


def from_terminal(user: User) -> Actor:
    """The actor of a command that a person, already authenticated, runs in a terminal."""
    return as_user(Actor(username="", channel=Channel.CLI), user)


def as_user(actor: Actor, user: User) -> Actor:
    """The same origin (address, session, request), acting as this account."""
    return replace(actor, id=user.pk, username=user.username, role=user.role, agency=user.agency.acronym)
