"""Closing accounts, opening them again, attesting and narrowing them. Sessions and tokens end by the next request."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from knox.models import AuthToken

from audit.events import Actor
from credentialing import policy
from credentialing.models import Ending, User, UserSession
from credentialing.models.user import REOPENABLE
from credentialing.requests import quota
from credentialing.requests.asking import BEYOND, Refused, bounded, one_per_person
from credentialing.roles import Role
from credentialing.services.first_access import tell
from senappen.lib import mail

logger = logging.getLogger(__name__)

REASON_LEAST = 15
# Accounts closed in one transaction.
BATCH = 200


@transaction.atomic
def end(*, user: int, ending: Ending, note: str, manager: User, by: Actor) -> User:
    """Close an account at once. Raises PermissionDenied, or Refused if it is closed already."""
    held = managed(user, manager)
    if not held.is_active:
        raise Refused("Esta conta já está encerrada.")
    _close(held, ending, note)
    tell(held, "account.end", by, ending=ending, note=note)
    return held


@transaction.atomic
def reopen(*, user: int, note: str, manager: User, by: Actor) -> User:
    """Open again an account closed for disuse, without attestation or by precaution; that attests it too.

    A leaver's is not: whoever comes back is asked for anew. Raises PermissionDenied, Refused or quota.QuotaReached.
    """
    held = managed(user, manager)
    if held.is_active or held.ending not in REOPENABLE or not policy.may_attest(manager, held):
        raise Refused("Esta conta não se reabre: peça um novo acesso.")
    if held.role == Role.REGIONAL_MANAGER:
        quota.take_place(held.agency_id)
    held.mark_open(manager)
    with one_per_person():
        held.save()
    tell(held, "account.reopen", by, note=note)
    return held


@transaction.atomic
def narrow(*, user: int, activities: Iterable[str], manager: User, by: Actor) -> User:
    """Give an account other activities, within the manager's own. Raises PermissionDenied or Refused."""
    held = managed(user, manager)
    wanted = sorted(set(activities))
    added = set(wanted) - set(held.activities)
    if not bounded(manager, added, held.agency):
        raise Refused(BEYOND)
    before = held.activities
    held.activities = wanted
    if added and manager.role != Role.GENERAL_ADMIN:
        held.granted_by = manager
    held.save(update_fields=["activities", "granted_by"])
    tell(held, "account.activities", by, before=before, after=wanted)
    return held


@transaction.atomic
def attest(*, users: Sequence[int], manager: User, by: Actor) -> int:
    """Say of each that they still work there and need their account (*prova de vida*); how many were open.

    Raises PermissionDenied if one of them is not the manager's to attest: then none is.
    """
    rows = User.objects.select_for_update(of=("self",)).select_related("agency").filter(pk__in=users).order_by("pk")
    held = list(rows)
    if len(held) != len(set(users)) or not all(policy.may_attest(manager, one) for one in held):
        raise PermissionDenied
    still_open = [one for one in held if one.is_active]
    for one in still_open:
        one.attested_at, one.attested_by = timezone.now(), manager
        one.save(update_fields=["attested_at", "attested_by"])
        tell(one, "account.attest", by)
    return len(still_open)


def idle_since(days: int) -> QuerySet[User]:
    """Open accounts that nobody entered for so many days, counted from when they were opened last."""
    limit = timezone.now() - timedelta(days=days)
    used = Greatest("enabled_at", Coalesce("last_login", F("enabled_at")))
    return User.objects.filter(is_active=True).alias(used=used).filter(used__lte=limit)


def due_for_attestation(within: timedelta = timedelta(0)) -> Q:
    """Open accounts whose year is over, or will be within so long."""
    limit = timezone.now() - timedelta(days=settings.ATTEST_DAYS) + within
    return Q(is_active=True, attested_at__lte=limit)


def attested_until(user: User) -> datetime:
    """When the agency's word on the account is a year old."""
    return user.attested_at + timedelta(days=settings.ATTEST_DAYS)


def close_idle(*, by: Actor) -> int:
    """Warn by e-mail, once, those who will be closed soon; close those who are due. How many were closed."""
    soon = idle_since(settings.IDLE_DAYS - settings.IDLE_WARNING_DAYS)
    for user in soon.difference(idle_since(settings.IDLE_DAYS)):
        if user.idle_warned_at is None or user.idle_warned_at < user.used_at:
            _warn(user, by)
    return _close_all(idle_since(settings.IDLE_DAYS), Ending.IDLE, by)


def close_unattested(*, by: Actor) -> int:
    """Close those of whom nobody said in time that they are still there. How many were closed."""
    return _close_all(User.objects.filter(due_for_attestation()), Ending.NOT_ATTESTED, by)


def _close_all(due: QuerySet[User], ending: Ending, by: Actor) -> int:
    closed = 0
    while True:
        with transaction.atomic():
            # Locked and asked again: somebody may be entering, or being attested, this very moment.
            rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
            for user in rows:
                if _is_last_admin(user):
                    logger.error(
                        "account %s is due to be closed (%s), but is the last administrator's", user.pk, ending
                    )
                    continue
                _close(user, ending, "")
                tell(user, "account.end", by, ending=ending)
                closed += 1
        if len(rows) < BATCH:
            return closed


def _is_last_admin(user: User) -> bool:
    """Without anybody of the central body nobody could open an account again, not even theirs."""
    others = User.objects.filter(role=Role.GENERAL_ADMIN, is_active=True).exclude(pk=user.pk)
    return user.role == Role.GENERAL_ADMIN and not others.exists()


def managed(user: int, manager: User) -> User:
    """The account, its row held, for whoever answers for it. Raises PermissionDenied."""
    held = User.objects.select_for_update(of=("self",)).select_related("agency").get(pk=user)
    if not policy.may_manage(manager, held):
        raise PermissionDenied
    return held


def _close(user: User, ending: Ending, note: str) -> None:
    user.is_active, user.ended_at, user.ending, user.ending_note = False, timezone.now(), ending, note
    user.save(update_fields=["is_active", "ended_at", "ending", "ending_note"])
    UserSession.objects.open_of(user).end("closed")
    AuthToken.objects.filter(user=user).delete()


def _warn(user: User, by: Actor) -> None:
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(idle_warned_at=timezone.now())
        tell(user, "account.idle_warning", by)
    body = (
        f"Sua conta na {settings.PLATFORM_NAME} será encerrada em até {settings.IDLE_WARNING_DAYS} dias, por "
        f"{settings.IDLE_DAYS} dias sem uso. Para mantê-la, entre na plataforma.\n"
    )
    mail.post("Conta sem uso", body, [user.email], about=f"account {user.pk}, idle")
