"""Which accounts a person answers for, and what the pages say of them."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from credentialing import policy
from credentialing.activities import FUNCTIONS, Activity
from credentialing.delegation import ATTESTS, MANAGES, among
from credentialing.models import Ending, User
from credentialing.models.user import REOPENABLE
from credentialing.people import lifecycle
from credentialing.roles import Role
from senappen.lib.wording import count, day, moment, tag


def answered_for(user: User) -> QuerySet[User]:
    """The accounts that the person may manage: every agency's for the central body, never one's own."""
    rows = User.objects.with_bounds().filter(role__in=among(MANAGES, user.role)).exclude(pk=user.pk)
    return rows if user.role == Role.GENERAL_ADMIN else rows.filter(agency=user.agency_id)


def filtered(user: User, state: str, role: str) -> QuerySet[User]:
    """Those of a state and profile; to attest, whoever waits longest first."""
    rows = answered_for(user)
    if state == "atestar":
        rows = to_attest(user).order_by("attested_at", "full_name")
    elif state == "sem-uso":
        near = settings.IDLE_DAYS - settings.IDLE_WARNING_DAYS
        rows = rows.filter(pk__in=lifecycle.idle_since(near)).order_by("full_name")
    elif state == "encerradas":
        rows = rows.filter(is_active=False).order_by("-ended_at", "full_name")
    else:
        rows = rows.filter(is_active=True).order_by("full_name")
    return rows.filter(role=role) if role else rows


def to_attest(user: User) -> QuerySet[User]:
    """Accounts whose yearly attestation (*prova de vida*) is due within `ATTEST_WARNING_DAYS`, and is this person's."""
    soon = lifecycle.due_for_attestation(timedelta(days=settings.ATTEST_WARNING_DAYS))
    return answered_for(user).filter(soon, role__in=among(ATTESTS, user.role))


def line(user: User, reader: User) -> dict[str, Any]:
    """A line of the list."""
    return {
        "pk": user.pk,
        "url": reverse("credentialing:person", args=[user.pk]),
        "name": user.full_name,
        "username": user.username,
        "role": user.role_label,
        "agency": user.agency.acronym,
        "state": state(user),
        "used": used(user),
        "attested": day(timezone.localtime(user.attested_at)),
        "until": day(timezone.localtime(lifecycle.attested_until(user))),
        "attestable": user.is_active and policy.may_attest(reader, user),
    }


def state(user: User) -> dict[str, str]:
    """Open, soon to be closed and why, or closed and why."""
    if not user.is_active:
        return tag(str(Ending(user.ending).label) if user.ending else "Encerrada", "neutral", "ban")
    now = timezone.now()
    if lifecycle.attested_until(user) - now < timedelta(days=settings.ATTEST_WARNING_DAYS):
        return tag("A atestar", "warn", "clock")
    if now - user.used_at > timedelta(days=settings.IDLE_DAYS - settings.IDLE_WARNING_DAYS):
        return tag("Sem uso", "warn", "clock")
    return tag("Aberta", "ok", "check-circle")


def used(user: User) -> str:
    """When it was last entered, in words."""
    if user.last_login is None:
        return "nunca"
    days = (timezone.now() - user.last_login).days
    return f"há {count(days, 'dia', 'dias')}" if days else "hoje"


def whole(user: User) -> dict[str, Any]:
    """What an account's page says: its owner's, or its manager's."""
    effective = policy.activities(user)
    now = timezone.now()
    return {
        "pk": user.pk,
        "name": user.full_name,
        "username": user.username,
        "email": user.email,
        "registration": user.registration,
        "role": user.role_label,
        "unit": user.unit,
        "has_address": bool(user.address_digest),
        "has_cpf": bool(user.cpf_digest),
        "agency": user.agency,
        "state": state(user),
        "is_open": user.is_active,
        "activities": [(Activity(one).label, one in effective) for one in user.activities],
        "functions": [words for permission, words in FUNCTIONS.items() if policy.allows(user, permission)],
        "granted_by": user.granted_by.full_name if user.granted_by else "",
        "created": day(timezone.localtime(user.created_at)),
        "used": used(user),
        "idle_until": day(timezone.localtime(user.used_at + timedelta(days=settings.IDLE_DAYS))),
        "attested": day(timezone.localtime(user.attested_at)),
        "attested_by": user.attested_by.full_name if user.attested_by else "",
        "until": day(timezone.localtime(lifecycle.attested_until(user))),
        "overdue": lifecycle.attested_until(user) < now,
        "ended": moment(timezone.localtime(user.ended_at)) if user.ended_at else "",
        "ending": user.get_ending_display(),
        "ending_note": user.ending_note,
        "is_reopenable": not user.is_active and user.ending in REOPENABLE,
    }
