"""How many *gestores regionais* an agency may have (Portaria MJSP 218/2021, art. 27): 1 % of its staff, or one."""

from django.db import transaction

from credentialing.models import Agency, User
from credentialing.roles import Role

SHARE = 100


class QuotaReached(Exception):
    """The agency has as many gestores regionais as it may. `most` says how many that is."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most}")
        self.most = most

    @property
    def message(self) -> str:
        """What the person is told."""
        return (
            f"O órgão já tem o máximo de gestores regionais ({self.most}): 1 % do efetivo, no mínimo um (art. 27). "
            "Encerre a conta de um deles antes, ou peça ao órgão central que atualize o efetivo."
        )


def most(headcount: int) -> int:
    """max(1, ⌊1 % of the headcount⌋)."""
    return max(1, headcount // SHARE)


def held(agency: int) -> int:
    """How many open accounts of gestores regionais the agency has."""
    return User.objects.filter(agency=agency, role=Role.REGIONAL_MANAGER, is_active=True).count()


def take_place(agency: int) -> None:
    """Hold the agency's row until the transaction ends, so that one gestor more can be written. Raises QuotaReached.

    Whoever opens such an account calls this first: the row makes them one after the other.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("The place is held by the caller's transaction.")
    allowed = most(Agency.objects.select_for_update().get(pk=agency).headcount)
    if held(agency) >= allowed:
        raise QuotaReached(allowed)
