"""Accounts closed for a while, by the platform itself or by a corregedor."""

from django.db import models

from credentialing.models.user import User


class FreezeCause(models.TextChoices):
    """What closed the account."""

    RHYTHM = "rhythm", "Ritmo de programa"
    ENUMERATION = "enumeration", "Números em sequência"
    VOLUME = "volume", "Volume de consultas"
    MISUSE = "misuse", "Uso indevido"


class AccountFreezeQuerySet(models.QuerySet["AccountFreeze"]):
    """Which are in force."""

    def standing(self) -> "AccountFreezeQuerySet":
        """Those not lifted."""
        return self.filter(lifted_at=None)

    def automatic(self) -> "AccountFreezeQuerySet":
        """Those the platform made by itself."""
        return self.exclude(cause=FreezeCause.MISUSE)


class AccountFreeze(models.Model):
    """A time in which nobody enters with an account (*congelamento*): why, since when, who lifted it and why."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="freezes", verbose_name="usuário")
    cause = models.CharField("causa", max_length=12, choices=FreezeCause.choices)
    reason = models.CharField("motivo", max_length=600)
    at = models.DateTimeField("congelada em", auto_now_add=True)
    by = models.CharField("por", max_length=80)
    lifted_at = models.DateTimeField("liberada em", null=True)
    lifted_by = models.CharField("liberada por", max_length=80, blank=True)
    lifted_because = models.CharField("motivo da liberação", max_length=500, blank=True)

    objects = AccountFreezeQuerySet.as_manager()

    class Meta:
        verbose_name = "congelamento"
        verbose_name_plural = "congelamentos"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(lifted_at=None), name="frozen_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.cause}"
