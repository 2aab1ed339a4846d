"""Showing rows as a state sent them, which is showing personal data: asked, recorded, rendered, recorded, and only
then sent. Whoever works on a load declares no purpose: the work itself is the one recorded.
"""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from audit import recorder
from audit.events import Actor, Channel, Event, Kind
from credentialing import actors


class Action(StrEnum):
    """What is shown; stored in the audit."""

    REJECTION = "rejection"
    DRY_RUN = "dry_run"
    FINDINGS = "findings"


PURPOSES = {
    Action.REJECTION: "Correção de linha rejeitada em carga",
    Action.DRY_RUN: "Ensaio do mapeamento de uma fonte",
    Action.FINDINGS: "Tratamento de achados de qualidade",
}


@dataclass(frozen=True, kw_only=True)
class Intent:
    """A committed request to see rows of an origin. Its `receipt` goes on the screen."""

    actor: Actor
    action: Action
    origin: str
    event: int
    receipt: uuid.UUID = field(default_factory=uuid.uuid4)


def intend(request: HttpRequest, action: Action, *, origin: str, asked: dict[str, Any]) -> Intent:
    """Commit that the rows are about to be read; `asked` has ids only. Raises AuditUnavailable: read nothing then."""
    actor = actors.from_request(request, Channel.PAGE)
    detail = {"asked": {"origin": origin, **asked}}
    event = recorder.record_now(
        Event(kind=Kind.INTENT, actor=actor, action=action, purpose_text=PURPOSES[action], detail=detail)
    )
    return Intent(actor=actor, action=action, origin=origin, event=event)


def answer(
    request: HttpRequest, intent: Intent, template: str, context: dict[str, Any], *, rows: int, detail: dict[str, Any]
) -> HttpResponse:
    """The page that shows `rows` rows, after what it shows is committed; templates find `receipt` in their context.

    `detail` says which rows and which fields, by ids and names. Raises AuditUnavailable: nothing leaves then.
    """
    body = render_to_string(template, {**context, "receipt": intent.receipt}, request=request).encode()
    recorder.record_now(
        Event(
            kind=Kind.DISCLOSURE,
            actor=intent.actor,
            action=intent.action,
            purpose_text=PURPOSES[intent.action],
            intent=intent.event,
            receipt=intent.receipt,
            detail={"origin": intent.origin, "rows": rows, "bytes": len(body), **detail},
        )
    )
    response = HttpResponse(body)
    response["X-Receipt"] = str(intent.receipt)
    return response
