"""Uses of the exceptional access."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from registry.models import Person, Record

MINUTES: Final = 30


class Finding(models.TextChoices):
    """What a corregedor makes of a use."""

    JUSTIFIED = "justified", "Justificado"
    INCONCLUSIVE = "inconclusive", "Inconclusivo"
    MISUSE = "misuse", "Uso indevido"


def _expiry() -> datetime:
    return timezone.now() + timedelta(minutes=MINUTES)


class ExceptionalAccessQuerySet(models.QuerySet["ExceptionalAccess"]):
    """Which uses count, and which wait."""

    def open_of(self, user_id: int) -> "ExceptionalAccessQuerySet":
        """Those by which the user sees somebody now."""
        return self.filter(user=user_id, person__isnull=False, expires_at__gt=timezone.now())

    def waiting(self, agency_id: int) -> "ExceptionalAccessQuerySet":
        """Those of an agency's people that nobody has reviewed, the oldest first."""
        return self.filter(user__agency=agency_id, finding="").order_by("opened_at")

    def persons(self) -> frozenset[int]:
        """Ids of the persons to whom the ones then opened now lead, after merges and their undoing."""
        homes = self.values("person")
        return frozenset(Record.objects.filter(home__in=homes).values_list("person", flat=True))


class ExceptionalAccess(models.Model):
    """A use of the exceptional access (*acesso excepcional*). Without a `person`, nobody was there to be opened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="usuário"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="pessoa")
    reason = models.CharField("motivo", max_length=500)
    opened_at = models.DateTimeField("aberto em", default=timezone.now)
    expires_at = models.DateTimeField("até", default=_expiry)
    finding = models.CharField("parecer", max_length=12, choices=Finding.choices, blank=True)
    note = models.CharField("fundamentação", max_length=1000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="corregedor"
    )
    reviewed_at = models.DateTimeField("revisto em", null=True)

    objects = ExceptionalAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "acesso excepcional"
        verbose_name_plural = "acessos excepcionais"
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["user", "expires_at"], name="exceptional_of_user")]

    def __str__(self) -> str:
        return str(self.id)
