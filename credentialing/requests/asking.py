"""Starting an access request, and taking it back."""

import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from celery import current_app
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from kombu.exceptions import OperationalError

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing import policy
from credentialing.models import AccessRequest, AccessStep, Agency, RequestState, User
from credentialing.models.request import Told
from credentialing.roles import Role

logger = logging.getLogger(__name__)
CHECK = "credentialing.check_conduct"


class Refused(Exception):
    """The request cannot be as it is asked. `message` says why, in pt-BR, and names nobody."""

    def __init__(self, message: str) -> None:
        super().__init__("access request refused")
        self.message = message


ALREADY_THERE = (
    "Este CPF já tem conta aberta ou solicitação em andamento. Se a pessoa mudou de órgão, a conta anterior precisa "
    "ser encerrada lá; em dúvida, procure o órgão central."
)
BEYOND = "Só podem ser pedidas atividades que o termo do órgão admite e que você mesmo pode delegar."


def digest(cpf: str) -> str:
    """What tells two persons apart without their number: 64 hexadecimal digits of the CPF, keyed."""
    return salted_hmac("credentialing.cpf", cpf, algorithm="sha256").hexdigest()


@contextmanager
def one_per_person() -> Iterator[None]:
    """Writes an open account or request: of a person who has one already nothing is written. Raises Refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused(ALREADY_THERE) from None


def door_digest(cep: str, number: str) -> str:
    """What tells that two live at one address, without the address: of the eight digits of the CEP and the number."""
    door = f"{cep}|{number.lstrip('0').upper()}"
    return salted_hmac("credentialing.door", door, algorithm="sha256").hexdigest()


@transaction.atomic
def ask(
    *,
    asker: User,
    full_name: str,
    email: str,
    registration: str,
    cpf: str,
    role: str,
    activities: Iterable[str],
    unit: str = "",
    door: tuple[str, str] | None = None,
    by: Actor,
) -> AccessRequest:
    """Ask for one profile in the asker's agency; `cpf` is eleven digits, `door` a CEP of eight and a number. Raises
    PermissionDenied or Refused."""
    wanted = sorted(set(activities))
    if not policy.may_ask(asker, role):
        raise PermissionDenied
    if not bounded(asker, wanted, asker.agency):
        raise Refused(BEYOND)
    person = digest(cpf)
    if User.objects.filter(cpf_digest=person, is_active=True).exists():
        raise Refused(ALREADY_THERE)
    made = AccessRequest(
        agency=asker.agency, full_name=full_name, email=email, registration=registration, role=role,
        activities=wanted, cpf_digest=person, asked_by=asker, unit=unit,
        address_digest=door_digest(*door) if door else "",
    )  # fmt: skip
    made.told = Told(cpf=cpf)
    with one_per_person():
        made.save(force_insert=True)
    tell(made, AccessStep.What.ASKED, by, person=asker)
    transaction.on_commit(_check_now, robust=True)
    return made


@transaction.atomic
def withdraw(*, request: uuid.UUID, asker: User, by: Actor) -> AccessRequest:
    """Take an open request back. Raises PermissionDenied for somebody else's, Refused for one that is decided."""
    held = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request)
    if held.asked_by_id != asker.pk:
        raise PermissionDenied
    if not held.is_open:
        raise Refused("Esta solicitação já foi decidida.")
    held.state = RequestState.WITHDRAWN
    held.save(update_fields=["state"])
    tell(held, AccessStep.What.WITHDRAWN, by, person=asker)
    return held


def _check_now() -> None:
    """Ask a worker for the conduct check at once; without Redis, the next minute asks."""
    try:
        current_app.send_task(CHECK)
    except OperationalError:
        logger.warning("conduct check: the queue does not answer")


def bounded(user: User, activities: Iterable[str], agency: Agency) -> bool:
    """True when the person may hand these on there: within its term and, but for the central body, their own."""
    wanted = frozenset(activities)
    own = wanted if user.role == Role.GENERAL_ADMIN else policy.activities(user)
    return wanted <= own & frozenset(agency.activities)


def tell(
    request: AccessRequest, what: AccessStep.What, by: Actor, *, person: User | None = None, note: str = ""
) -> None:
    """Write a step down, for the people and for the audit, inside the caller's transaction."""
    AccessStep.objects.create(request=request, what=what, by=person, note=note)
    detail = {"request": str(request.pk), "profile": request.role, "agency": request.agency.acronym}
    if note:
        detail["note"] = note
    recorder.record_with(Event(kind=Kind.ACCESS_REQUEST, actor=by, action=f"request.{what.value}", detail=detail))
