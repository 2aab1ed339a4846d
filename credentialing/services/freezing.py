"""Closing an account at once, and opening it again. Its sessions and tokens end: the next request is refused."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from knox.models import AuthToken

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import AccountFreeze, FreezeCause, User, UserSession
from credentialing.roles import Role
from senappen.lib import mail

ENDING: Final = "frozen"
TOLD: Final = (
    "Sua conta está congelada: o uso pareceu o de um programa, ou a corregedoria a bloqueou. "
    "Nada do que você guardou se perdeu. Procure a corregedoria do seu órgão para explicar e pedir a liberação."
)


class Frozen(Exception):
    """The account was closed at this very request: the middleware says so."""


class NotFrozen(Exception):
    """There is nothing to lift."""


@transaction.atomic
def freeze(*, user: User, cause: FreezeCause, reason: str, by: Actor) -> AccountFreeze:
    """Close the account now. One that is closed already stays as it was."""
    held = User.objects.select_for_update(of=("self",)).select_related("agency").get(pk=user.pk)
    standing = AccountFreeze.objects.standing().filter(user=held).first()
    if standing is not None:
        return standing
    made = AccountFreeze.objects.create(user=held, cause=cause, reason=reason, by=by.username)
    held.frozen_at = made.at
    held.save(update_fields=["frozen_at"])
    AuthToken.objects.filter(user=held).delete()
    UserSession.objects.open_of(held).end(ENDING)
    detail = {"account": held.pk, "username": held.username, "cause": cause, "reason": reason}
    recorder.record_with(Event(kind=Kind.ACCOUNT_FROZEN, actor=by, action=cause, detail=detail))
    transaction.on_commit(lambda: _tell(made))
    return made


@transaction.atomic
def unfreeze(*, user: User, reason: str, by: Actor) -> AccountFreeze:
    """Open the account again; the person logs in anew. Raises NotFrozen."""
    held = User.objects.select_for_update().get(pk=user.pk)
    standing = AccountFreeze.objects.standing().filter(user=held).first()
    if standing is None:
        raise NotFrozen
    standing.lifted_at, standing.lifted_by, standing.lifted_because = timezone.now(), by.username, reason
    standing.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    held.frozen_at = None
    held.save(update_fields=["frozen_at"])
    detail = {"account": held.pk, "username": held.username, "reason": reason}
    recorder.record_with(Event(kind=Kind.ACCOUNT_UNFROZEN, actor=by, detail=detail))
    return standing


def _tell(made: AccountFreeze) -> None:
    """An e-mail without personal data; the queue inside the platform does not depend on it."""
    agency = made.user.agency
    corregedores = User.objects.open_in(agency.pk, Role.CORREGEDOR)
    body = (
        f"Uma conta do órgão {agency.acronym} foi congelada em {timezone.localtime(made.at):%d/%m/%Y às %H:%M}.\n"
        "Entre na plataforma, em Desvios, para ver o motivo e decidir.\n"
    )
    mail.post("Conta congelada", body, corregedores.values_list("email", flat=True), about=f"freeze {made.pk}")
