"""How tests come in: a verification code of a device, a client with an open session, a client with an API token."""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY, devices_for_user
from django_otp.oath import totp
from knox.models import AuthToken

from credentialing.models import Purpose, User, UserSession
from credentialing.services import purposes
from credentialing.sessions import OPENED_AT, SEEN_AT, register


def code(user: User, *, wrong: bool = False) -> str:
    """The six digits the user's authenticator shows now, confirmed or being set up; with `wrong`, six others."""
    device = next(iter(devices_for_user(user, confirmed=None)))
    # A device takes each time step once; tests that log in twice in thirty seconds start it over.
    type(device).objects.filter(pk=device.pk).update(last_t=-1, throttling_failure_count=0)
    now = totp(device.bin_key, device.step, device.t0, device.digits)
    return f"{(now + 500_000) % 1_000_000:06d}" if wrong else f"{now:06d}"


def session(user: User, purpose: Purpose | None = None, *, elevated: bool = True, **headers: str) -> Client:
    """A browser whose person proved both factors just now, or with `elevated=False` a while ago.

    With `purpose`, it is the one in force. An earlier browser of the same person is logged out.
    """
    client = Client(headers=headers)
    request = HttpRequest()
    request.session = client.session  # type: ignore[assignment]
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    opened: Any = request.session
    opened[DEVICE_ID_SESSION_KEY] = next(iter(devices_for_user(user, confirmed=None))).persistent_id
    opened[OPENED_AT] = opened[SEEN_AT] = int(time.time())
    register(request, user, address=None)
    if not elevated:
        UserSession.objects.open_of(user).update(proven_at=timezone.now() - timedelta(minutes=6))
    if purpose is not None:
        opened[purposes.SESSION_KEY] = str(purpose.pk)
    opened.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = opened.session_key
    return client


def token(user: User, purpose: Purpose | None = None) -> Client:
    """A program with a token of the person; with `purpose`, its header names it."""
    secret = AuthToken.objects.create(user=user)[1]
    headers = {"Authorization": f"Bearer {secret}"}
    if purpose is not None:
        headers[purposes.HEADER] = str(purpose.pk)
    return Client(headers=headers)
