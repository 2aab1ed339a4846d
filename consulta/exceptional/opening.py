"""Opening one sealed person to one user, and telling the corregedor."""

import uuid

from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models import ExceptionalAccess
from consulta.models.exceptional import Finding
from consulta.seals.identifying import meant
from credentialing.models import User
from credentialing.roles import Role
from registry.models import Person
from registry.selectors import sealable
from senappen.lib import mail


class NotAllowed(Exception):
    """The use was reviewed already, or is not of the reviewer's agency."""


@transaction.atomic
def open_one(*, user: User, identifier: str, reason: str, by: Actor) -> ExceptionalAccess:
    """Open the sealed person with this id or document for thirty minutes. Used up and reviewed even if nobody is.

    Whoever looks for seals by trial leaves as many uses, each told to the corregedor.
    """
    person = _sealed(identifier)
    made = ExceptionalAccess.objects.create(user=user, person=person, reason=reason)
    subjects = (person.public_id,) if person else ()
    detail = {"use": str(made.pk), "identifier": identifier, "reason": reason, "until": made.expires_at.isoformat()}
    recorder.record_with(Event(kind=Kind.EXCEPTIONAL_OPENED, actor=by, subjects=subjects, detail=detail))
    transaction.on_commit(lambda: _tell(made, user))
    return made


@transaction.atomic
def review(*, use: uuid.UUID, finding: Finding, note: str, reviewer: User, by: Actor) -> ExceptionalAccess:
    """The corregedor's word on a use by somebody of the same agency, once and for all. Raises NotAllowed."""
    waiting = ExceptionalAccess.objects.select_for_update().waiting(reviewer.agency_id)
    held = waiting.exclude(user=reviewer).filter(pk=use).first()
    if held is None:
        raise NotAllowed
    held.finding, held.note, held.reviewed_by, held.reviewed_at = finding, note, reviewer, timezone.now()
    held.save(update_fields=["finding", "note", "reviewed_by", "reviewed_at"])
    subjects = (held.person.public_id,) if held.person else ()
    detail = {"use": str(held.pk), "finding": finding, "note": note}
    recorder.record_with(Event(kind=Kind.EXCEPTIONAL_REVIEWED, actor=by, subjects=subjects, detail=detail))
    return held


def _sealed(identifier: str) -> Person | None:
    """The one sealed person whom the identifier means; None if there is none, or more than one."""
    found = list(sealable.sealed_only(meant(identifier))[:2])
    return found[0] if len(found) == 1 else None


def _tell(made: ExceptionalAccess, user: User) -> None:
    """An e-mail without personal data; the notice inside the platform does not depend on it."""
    corregedores = User.objects.open_in(user.agency_id, Role.CORREGEDOR)
    at = timezone.localtime(made.opened_at)
    body = (
        f"Um usuário do órgão {user.agency.acronym} usou o acesso excepcional em {at:%d/%m/%Y às %H:%M}.\n"
        f"Código {made.pk}. Entre na plataforma, em Auditoria → Acessos excepcionais, para revisar.\n"
    )
    addresses = corregedores.values_list("email", flat=True)
    mail.post("Acesso excepcional a revisar", body, addresses, about=f"exceptional access {made.pk}")
