"""Declaring, finding and closing the purpose of a consultation. It lives on the server; clients hold its id."""

import uuid

from django.db import transaction
from django.db.models import Func, Value
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import Purpose, User

SESSION_KEY = "purpose"
HEADER = "X-Purpose"


@transaction.atomic
def declare(
    *,
    user: User,
    activity: str,
    case_reference: str,
    justification: str,
    by: Actor,
    replaces: Purpose | None = None,
) -> Purpose:
    """Record why the user is about to consult; valid for `settings.PURPOSE_HOURS`. Closes the one it replaces."""
    if replaces is not None:
        close(purpose=replaces, by=by)
    purpose = Purpose(user=user, activity=activity, case_reference=case_reference)
    purpose.justification = justification
    purpose.save()
    recorder.record_with(
        Event(kind=Kind.PURPOSE_DECLARED, actor=by, purpose=purpose.pk, purpose_text=describe(purpose))
    )
    return purpose


@transaction.atomic
def close(*, purpose: Purpose, by: Actor) -> None:
    """End the purpose: nothing more may rely on it."""
    purpose.closed_at = timezone.now()
    purpose.save(update_fields=["closed_at"])
    recorder.record_with(Event(kind=Kind.PURPOSE_CLOSED, actor=by, purpose=purpose.pk))


def current(request: HttpRequest) -> Purpose | None:
    """The open purpose this request relies on: the session's, or the one its header names. Only the user's own."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    named = request.headers.get(HEADER) or request.session.get(SESSION_KEY)
    try:
        key = uuid.UUID(str(named))
    except ValueError:
        return None
    purpose = Purpose.objects.filter(pk=key, user=user).first()
    return purpose if purpose is not None and purpose.is_open else None


def describe(purpose: Purpose) -> str:
    """The purpose in one line, as the audit keeps it."""
    return f"{purpose.get_activity_display()} · {purpose.case_reference} · {purpose.justification}"


def of_case(reference: str) -> list[uuid.UUID]:
    """The purposes declared for a procedure or operation, whatever the case, blanks and marks it was typed with."""
    wanted = _plain(reference)
    if not wanted:
        return []
    words = Purpose.objects.annotate(
        plain=Func(Lower("case_reference"), Value("[^a-z0-9]"), Value(""), Value("g"), function="regexp_replace")
    )
    return list(words.filter(plain=wanted).values_list("pk", flat=True))


def _plain(reference: str) -> str:
    return "".join(letter for letter in reference.lower() if letter.isascii() and letter.isalnum())
