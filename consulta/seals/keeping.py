"""What the screens of whoever keeps the seals share: who may open them, and how nobody found is told."""

from typing import Final

from django.http import HttpRequest

from credentialing import policy, stepping
from credentialing.models import User
from credentialing.roles import Permission

ACTIVE: Final = {"active": "seals"}
NOBODY: Final = (
    "Ninguém tem este identificador, ou mais de uma pessoa o tem. Nada foi posto sob sigilo; o pedido ficou registrado."
)


def keeper(request: HttpRequest) -> User:
    """Whoever keeps the seals, with a fresh second factor. Raises PermissionDenied, or asks for the factor."""
    user = policy.require(request.user, Permission.KEEP_SEALS)
    stepping.require(request)
    return user
