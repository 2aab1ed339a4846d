"""Where an account's person works and lives, for the review of use alone: told by whoever answers for the account."""

from django.db import transaction

from audit.events import Actor
from credentialing.models import User
from credentialing.people import lifecycle
from credentialing.requests.asking import door_digest
from credentialing.services.first_access import tell


def placed(user: User, *, door: tuple[str, str] | None, forget: bool) -> str:
    """Set the digest of another address, or of none with `forget`; else it stays. What was done, for the audit."""
    before = user.address_digest
    user.address_digest = door_digest(*door) if door else "" if forget else before
    if user.address_digest == before:
        return "same"
    return "told" if user.address_digest else "forgotten"


@transaction.atomic
def post(*, user: int, unit: str, door: tuple[str, str] | None, forget: bool, manager: User, by: Actor) -> User:
    """Write down the unit (empty: none known) and, if one is given, the address: a CEP of eight digits and a number.

    Raises PermissionDenied.
    """
    held = lifecycle.managed(user, manager)
    before, held.unit = held.unit, unit
    address = placed(held, door=door, forget=forget)
    if (before, address) != (unit, "same"):
        held.save(update_fields=["unit", "address_digest"])
        tell(held, "account.posting", by, before=before, after=unit, address=address)
    return held
