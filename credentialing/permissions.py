"""Permissions of API views that are open to every profile."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from credentialing import verification

if TYPE_CHECKING:  # rest_framework.views imports this module: it is a default setting
    from rest_framework.request import Request
    from rest_framework.views import APIView


class IsVerified(BasePermission):
    """Anyone who proved both factors."""

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        return verification.is_verified(request)
