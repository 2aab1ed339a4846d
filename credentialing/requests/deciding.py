"""The decision on an access request: an account and its first access, or a reason."""

import re
import unicodedata
import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.events import Actor
from credentialing import policy
from credentialing.models import AccessRequest, AccessStep, Conduct, RequestState, User
from credentialing.requests import quota
from credentialing.requests.asking import ALREADY_THERE, BEYOND, Refused, bounded, tell
from credentialing.roles import Role
from credentialing.services import first_access

NOTE_LEAST = 15
# Of two people of one name, how many may come to be credentialed in the same moment.
_TRIES = 5
NOT_WAITING = "Esta solicitação já foi decidida, ou ainda aguarda a verificação de conduta."
EXPLAIN_NOTES = f"Há apontamentos de conduta: aprovar exige um motivo de pelo menos {NOTE_LEAST} caracteres."
EXPLAIN_REFUSAL = f"Diga o motivo da recusa, em pelo menos {NOTE_LEAST} caracteres."


@transaction.atomic
def approve(*, request: uuid.UUID, decider: User, note: str = "", by: Actor) -> first_access.Issued:
    """Make the account and its first access. Raises PermissionDenied, Refused or quota.QuotaReached."""
    held = _waiting(request, decider)
    if held.conduct == Conduct.NOTES and len(note) < NOTE_LEAST:
        raise Refused(EXPLAIN_NOTES)
    if not all(bounded(one, held.activities, held.agency) for one in (held.asked_by, decider)):
        raise Refused(BEYOND)
    if held.role == Role.REGIONAL_MANAGER:
        quota.take_place(held.agency_id)
    held.account = _account(held, decider)
    _settle(held, RequestState.APPROVED, decider, note)
    tell(held, AccessStep.What.APPROVED, by, person=decider, note=note)
    return first_access.issue(user=held.account, by=by)


@transaction.atomic
def refuse(*, request: uuid.UUID, decider: User, note: str, by: Actor) -> AccessRequest:
    """Refuse it, with a reason. Raises PermissionDenied or Refused."""
    held = _waiting(request, decider)
    if len(note) < NOTE_LEAST:
        raise Refused(EXPLAIN_REFUSAL)
    _settle(held, RequestState.REFUSED, decider, note)
    tell(held, AccessStep.What.REFUSED, by, person=decider, note=note)
    return held


def user_name(full_name: str, number: int = 1) -> str:
    """`Ana Paula de Lima` → `ana.lima`, the second one `ana.lima2`."""
    plain = unicodedata.normalize("NFKD", full_name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z]+", plain) or ["usuario"]
    name = ".".join([words[0], words[-1]] if len(words) > 1 else words)[:50]
    return name if number == 1 else f"{name}{number}"


def _waiting(request: uuid.UUID, decider: User) -> AccessRequest:
    rows = AccessRequest.objects.select_for_update(of=("self",)).select_related("agency", "asked_by__agency")
    held = rows.get(pk=request)
    if not policy.may_decide(decider, held):
        raise PermissionDenied
    if held.state != RequestState.WAITING:
        raise Refused(NOT_WAITING)
    return held


def _settle(held: AccessRequest, state: RequestState, decider: User, note: str) -> None:
    held.state, held.decided_by, held.decided_at, held.note = state, decider, timezone.now(), note
    held.save(update_fields=["state", "decided_by", "decided_at", "note", "account"])


def _giver(held: AccessRequest, decider: User) -> User | None:
    """Whose activities bound the new account's from now on: the manager's who delegates; none if the centre admits."""
    if decider.role != Role.GENERAL_ADMIN:
        return decider
    first_manager = held.role == Role.REGIONAL_MANAGER and held.asked_by.role == Role.FOCAL_POINT
    return held.asked_by if first_manager else None


def _account(held: AccessRequest, decider: User) -> User:
    fields = {
        "full_name": held.full_name, "email": held.email, "registration": held.registration, "role": held.role,
        "agency": held.agency, "activities": held.activities, "cpf_digest": held.cpf_digest,
        "granted_by": _giver(held, decider), "attested_by": decider, "unit": held.unit,
        "address_digest": held.address_digest,
    }  # fmt: skip
    if User.objects.filter(cpf_digest=held.cpf_digest, is_active=True).exists():
        raise Refused(ALREADY_THERE)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return User.objects.create_user(free_name(held.full_name), None, **fields)
        except IntegrityError as error:
            if User.objects.filter(cpf_digest=held.cpf_digest, is_active=True).exists():
                raise Refused(ALREADY_THERE) from error
    raise Refused("Muitas contas foram abertas ao mesmo tempo. Aprove de novo.")


def free_name(full_name: str) -> str:
    """The first user name of a person's that nobody has now; the caller holds the transaction."""
    base = user_name(full_name)
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    number = 1
    while user_name(full_name, number) in taken:
        number += 1
    return user_name(full_name, number)
