"""A browser with an open session and a purpose, for benchmarks that measure whole pages."""

import time
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from credentialing.activities import every
from credentialing.models import Activity, Agency, Purpose, User
from credentialing.roles import Role
from credentialing.services import purposes
from credentialing.sessions import OPENED_AT, SEEN_AT, register


def agent() -> Client:
    """The browser of an agent who has declared a purpose, and whom nobody tells to slow down."""
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CONSULT_LIMITS, settings.CONSULT_LIMITS_AGENCY, settings.PACE_WATCH = {}, {}, False
    user, purpose = person()
    device = TOTPDevice.objects.get(user=user)
    client = Client()
    request = HttpRequest()
    request.session = client.session
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session: Any = request.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session[OPENED_AT] = session[SEEN_AT] = int(time.time())
    session[purposes.SESSION_KEY] = str(purpose.pk)
    register(request, user, address=None)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def person() -> tuple[User, Purpose]:
    """An agent with a confirmed second factor and an open purpose."""
    agency = Agency.objects.create(acronym="PP-AL", name="Órgão fictício")
    user = User.objects.create_user(
        "benchmark", "uma senha longa de teste", full_name="Teste", agency=agency, role=Role.AGENT, activities=every()
    )
    TOTPDevice.objects.create(user=user, name="teste", confirmed=True)
    purpose = Purpose(user=user, activity=Activity.LOCATE_PERSON, case_reference="1/2026")
    purpose.justification = "Teste"
    purpose.save()
    return user, purpose


def visit(client: Client, address: str) -> int:
    """Open a page; its size in bytes. Raises RuntimeError unless all of it was shown."""
    answer = client.get(address)
    if answer.status_code != 200 or b'blank-title">N\xc3\xa3o foi' in answer.content:
        raise RuntimeError(f"{address} answered {answer.status_code} or with a failed part")
    return len(answer.content)
