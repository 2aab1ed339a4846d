"""The API's default permission."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from credentialing import policy, verification
from credentialing.models import User
from credentialing.roles import Permission

if TYPE_CHECKING:  # rest_framework.views imports this module: it is a default setting
    from rest_framework.request import Request
    from rest_framework.views import APIView


class MayConsult(BasePermission):
    """Whoever proved both factors and holds a profile that consults people."""

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        user = request.user
        if not isinstance(user, User) or not verification.is_verified(request):
            return False
        return policy.allows(user, Permission.CONSULT_PEOPLE)
