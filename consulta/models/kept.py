"""What a user keeps for themself under a name of their own, beyond the purpose it was made under."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from consulta.models.told import Told


class Kept(Told):
    """A named row of one user. Only its owner opens it; the name is kept with the rest, encrypted, since people name
    things after persons. `KIND` is what the audit calls it, `MOST` how many one may keep."""

    KIND: ClassVar[str]
    MOST: ClassVar[int] = 100

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    created_at = models.DateTimeField("data da guarda", auto_now_add=True)
    opened_at = models.DateTimeField("última abertura", null=True)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-created_at"]

    @property
    def name(self) -> str:
        """How its owner calls it."""
        told: dict[str, Any] = self.told
        return str(told["name"])
