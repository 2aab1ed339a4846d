"""Whose account it is, told later: of accounts made without a CPF (by an adhesion, on the admin site)."""

from django.db import transaction

from audit.events import Actor
from credentialing.models import User
from credentialing.people import lifecycle
from credentialing.requests.asking import Refused, digest, one_per_person
from credentialing.services import letters
from credentialing.services.first_access import tell


@transaction.atomic
def identify(*, user: int, cpf: str, manager: User, by: Actor) -> User:
    """Keep the keyed digest of the person's CPF, eleven digits: from then on they may enter with gov.br.

    Once: another CPF would let somebody else in. The owner is told. Raises PermissionDenied, or Refused if the
    account is closed, has a CPF, or the person has another account.
    """
    held = lifecycle.managed(user, manager)
    if not held.is_active:
        raise Refused("Esta conta está encerrada.")
    if held.cpf_digest:
        raise Refused("O CPF desta conta já está guardado e não se troca. Se está errado, encerre-a e peça outra.")
    held.cpf_digest = digest(cpf)
    with one_per_person():
        held.save(update_fields=["cpf_digest"])
    tell(held, "account.identify", by)
    letters.send_later(held, letters.Letter.IDENTIFIED)
    return held
