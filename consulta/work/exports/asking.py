"""Asking for more persons than one may take alone, deciding on it, taking the file once."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models import ExportRequest, ExportState
from credentialing import policy
from credentialing.models import Purpose, User


class NotAsked(Exception):
    """The request was decided already."""


class NotGranted(Exception):
    """Not approved, past its time, or taken already."""


@transaction.atomic
def ask(*, purpose: Purpose, of: dict[str, Any], reason: str, file_format: str, rows: int, by: Actor) -> ExportRequest:
    """Ask. `of` holds the `criteria` of a search or the id of a `folder`."""
    asked = ExportRequest(user=purpose.user, purpose=purpose, file_format=file_format, rows=rows)
    asked.told = {**of, "reason": reason}
    asked.save()
    _record("export.ask", asked, by)
    return asked


@transaction.atomic
def decide(*, asked: ExportRequest, approve: bool, note: str, decider: User, by: Actor) -> None:
    """A second person's answer. Raises NotAsked, PermissionDenied."""
    held = ExportRequest.objects.select_for_update(of=("self",)).select_related("user__agency").get(pk=asked.pk)
    policy.require_decider(decider, held.user)
    if held.state != ExportState.ASKED:
        raise NotAsked
    now = timezone.now()
    held.state = ExportState.APPROVED if approve else ExportState.REFUSED
    held.decided_by, held.decided_at, held.note = decider, now, note
    held.expires_at = now + timedelta(hours=settings.EXPORT_HOURS) if approve else None
    held.save()
    _record("export.approve" if approve else "export.refuse", held, by)


@transaction.atomic
def take(*, asked: ExportRequest, by: Actor) -> ExportRequest:
    """Use the approval up, before the file is made: it gives one file. Raises NotGranted."""
    held = ExportRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not held.may_be_taken(timezone.now()):
        raise NotGranted
    held.state, held.taken_at = ExportState.TAKEN, timezone.now()
    held.save()
    _record("export.take", held, by)
    return held


def _record(action: str, asked: ExportRequest, by: Actor) -> None:
    detail = {"export": str(asked.pk), "rows": asked.rows, "format": asked.file_format}
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=action, detail=detail))
