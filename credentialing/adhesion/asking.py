"""A request of adhesion from the agency's letter to the tenant: registered, validated, approved by two people."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.events import Actor
from credentialing.adhesion import checks, invitations
from credentialing.adhesion.recording import record
from credentialing.models import AdhesionRequest, AdhesionState, AdhesionStep, Agency, Indication, User
from credentialing.roles import Role
from credentialing.services.first_access import Issued

# What somebody is indicated for: a profile, as its substitute or not.
Place = tuple[Role, bool]


class NotAsked(Exception):
    """The request does not stand where this step begins: somebody was faster, or it is over."""


class SamePerson(Exception):
    """The second approval must be somebody else's than the first."""


class Unfit(ValueError):
    """The request fails a condition; the text says which, in pt-BR."""


@transaction.atomic
def ask(
    *, fields: Mapping[str, Any], people: Mapping[Place, Mapping[str, str]], user: User, by: Actor
) -> AdhesionRequest:
    """Register what the agency asked for; `people` has name, e-mail and registration for each place."""
    request = AdhesionRequest.objects.create(**fields, asked_by=user)
    _indicate(request, people)
    _step(request, AdhesionState.ASKED, user, by)
    return request


@transaction.atomic
def correct(
    *, pk: UUID, fields: Mapping[str, Any], people: Mapping[Place, Mapping[str, str]], user: User, by: Actor
) -> AdhesionRequest:
    """Register a returned request anew, corrected. Raises NotAsked."""
    request = _locked(pk, AdhesionState.RETURNED)
    for name, value in fields.items():
        setattr(request, name, value)
    request.indications.all().delete()
    _indicate(request, people)
    _step(request, AdhesionState.ASKED, user, by)
    return request


@transaction.atomic
def validate(*, pk: UUID, user: User, by: Actor) -> AdhesionRequest:
    """Say that the request is in order. Raises NotAsked, Unfit."""
    request = _locked(pk, AdhesionState.ASKED)
    _require_fit(request)
    _step(request, AdhesionState.VALIDATED, user, by)
    return request


@transaction.atomic
def approve_first(*, pk: UUID, user: User, by: Actor) -> AdhesionRequest:
    """The first of two approvals. Raises NotAsked."""
    request = _locked(pk, AdhesionState.VALIDATED)
    request.first_by = user
    _step(request, AdhesionState.FIRST_APPROVED, user, by)
    return request


@transaction.atomic
def approve_second(*, pk: UUID, user: User, by: Actor) -> list[Issued]:
    """The second approval, by another person: the agency is a tenant, those indicated have accounts.

    Their first accesses are returned, whose codes nobody can read again. Raises NotAsked, SamePerson, Unfit.
    """
    request = _locked(pk, AdhesionState.FIRST_APPROVED)
    if request.first_by_id == user.pk:
        raise SamePerson
    _require_fit(request)
    request.second_by = user
    request.agency = Agency.objects.create(
        acronym=request.acronym,
        name=request.name,
        uf=request.uf,
        headcount=request.headcount,
        activities=request.activities,
        expires_at=end_of(request.valid_until),
    )
    _step(request, AdhesionState.APPROVED, user, by)
    return [
        invitations.invite(one, request.agency, by) for one in request.indications.order_by("-role", "is_substitute")
    ]


@transaction.atomic
def send_back(*, pk: UUID, user: User, by: Actor, note: str) -> AdhesionRequest:
    """Return the request for correction, whatever was approved so far. Raises NotAsked."""
    request = _locked(pk, AdhesionState.ASKED, AdhesionState.VALIDATED, AdhesionState.FIRST_APPROVED)
    request.first_by = None
    _step(request, AdhesionState.RETURNED, user, by, note)
    return request


@transaction.atomic
def refuse(*, pk: UUID, user: User, by: Actor, note: str) -> AdhesionRequest:
    """End the request without adhesion. Raises NotAsked."""
    request = _locked(pk, AdhesionState.ASKED, AdhesionState.VALIDATED, AdhesionState.FIRST_APPROVED)
    _step(request, AdhesionState.REFUSED, user, by, note)
    return request


def end_of(day: Any) -> datetime:
    """The first moment after a day, at the platform's own date."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _locked(pk: UUID, *states: AdhesionState) -> AdhesionRequest:
    request = AdhesionRequest.objects.select_for_update().filter(pk=pk).first()
    if request is None or request.state not in states:
        raise NotAsked
    return request


def _require_fit(request: AdhesionRequest) -> None:
    if wrong := list(checks.failed(request)):
        raise Unfit("Falta atender: " + " ".join(wrong))


def _indicate(request: AdhesionRequest, people: Mapping[Place, Mapping[str, str]]) -> None:
    Indication.objects.bulk_create(
        Indication(request=request, role=role, is_substitute=substitute, **person)
        for (role, substitute), person in people.items()
    )


def _step(request: AdhesionRequest, state: AdhesionState, user: User, by: Actor, note: str = "") -> None:
    request.state = state
    request.save()
    AdhesionStep.objects.create(request=request, by=user, state=state, note=note)
    record(f"adhesion.{state}", by, request=str(request.pk), agency=request.acronym, reason=note)
