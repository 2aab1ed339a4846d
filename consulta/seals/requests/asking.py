"""Asking that somebody be put under a seal, taking it back, deciding on it. Nobody is looked for before a decision."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models import SealRequest, SealRequestState
from consulta.seals.ordering import Terms, order
from credentialing import policy
from credentialing.models import Purpose, User
from credentialing.roles import Permission
from registry.models import Seal
from registry.services import sealing
from senappen.lib import mail

# What one person may have waiting.
MOST_WAITING: Final = 20
BODY: Final = (
    "Um pedido de sigilo seu foi decidido. Veja a resposta em Pedidos de sigilo, na {platform}.\n\n"
    "Mensagem automática; não traz dados de pessoas.\n"
)


class TooMany(Exception):
    """The person has MOST_WAITING requests waiting."""


class NotAsked(Exception):
    """The request was decided or taken back already."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked. `level`, `basis`, `ordered_by`, `reason` and `until` are those of an order; `keeps`: who asks goes
    on needing to see the person, and would be admitted by name."""

    level: str
    basis: str
    ordered_by: str
    reason: str
    until: datetime | None
    keeps: bool = False


@transaction.atomic
def ask(*, user: User, purpose: Purpose | None, identifier: str, wish: Wish, by: Actor) -> SealRequest:
    """Ask, of whoever has this profile id or document: nobody is looked for. Raises TooMany."""
    User.objects.select_for_update().get(pk=user.pk)  # two requests at once do not pass the limit together
    if SealRequest.objects.filter(user=user, state=SealRequestState.ASKED).count() >= MOST_WAITING:
        raise TooMany
    asked = SealRequest(user=user, purpose=purpose)
    until = wish.until.isoformat() if wish.until else ""
    asked.told = {**asdict(wish), "until": until, "identifier": identifier}
    asked.save()
    _record("seal.ask", asked, by, words=asked.told)
    return asked


@transaction.atomic
def withdraw(*, asked: SealRequest, by: Actor) -> None:
    """Take it back. Raises NotAsked."""
    _close(_waiting(asked.pk), SealRequestState.WITHDRAWN, read_at=timezone.now())
    _record("seal.withdraw", asked, by)


@transaction.atomic
def refuse(*, asked: SealRequest, decider: User, note: str, by: Actor) -> None:
    """Say no, and why. Raises NotAsked."""
    held = _waiting(asked.pk)
    _close(held, SealRequestState.REFUSED, decided_by=decider, note=note)
    _record("seal.refuse", held, by, note=note)
    transaction.on_commit(lambda: _tell(held.user))


@transaction.atomic
def grant(*, asked: SealRequest, decider: User, terms: Terms, by: Actor) -> Seal | None:
    """Order the seal by these terms: who asked and who orders are the two people it takes. None if the identifier is
    nobody's or several persons'; then the request goes on waiting. Raises NotAsked, LimitReached, AuditUnavailable.

    Where who asked goes on needing to see the person, an authorisation is proposed, which somebody else confirms.
    """
    held = _waiting(asked.pk)
    told = held.told
    made = order(user=decider, identifier=told["identifier"], terms=terms, by=by)
    if made is None:
        return None
    if told["keeps"] and policy.allows(held.user, Permission.CONSULT_PEOPLE):
        sealing.grant(seal=made.pk, username=held.user.username, reason=told["reason"], until=terms.until, by=by)
    _close(held, SealRequestState.ORDERED, decided_by=decider)
    _record("seal.order", held, by, seal=str(made.pk))
    transaction.on_commit(lambda: _tell(held.user))
    return made


def until(told: dict[str, Any]) -> datetime | None:
    """The end that was asked for: the first moment after its last day."""
    return parse_datetime(told["until"]) if told["until"] else None


def _waiting(pk: uuid.UUID) -> SealRequest:
    rows = SealRequest.objects.select_for_update(of=("self",)).select_related("user__agency")
    held = rows.filter(pk=pk, state=SealRequestState.ASKED).first()
    if held is None:
        raise NotAsked
    return held


def _close(held: SealRequest, state: SealRequestState, **fields: object) -> None:
    now = timezone.now()
    SealRequest.objects.filter(pk=held.pk).update(state=state, decided_at=now, **fields)


def _record(action: str, asked: SealRequest, by: Actor, **more: object) -> None:
    detail = {"request": str(asked.pk), **more}
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=action, detail=detail))


def _tell(user: User) -> None:
    """An e-mail without personal data; the answer inside the platform does not depend on it."""
    body = BODY.format(platform=settings.PLATFORM_NAME)
    mail.post("Pedido de sigilo decidido", body, [user.email], about="seal request")
