"""Records planted to be found by those who have no business there."""

from django.db import models

from credentialing.models import User


class CanaryQuerySet(models.QuerySet["Canary"]):
    """Which are in place."""

    def planted(self) -> "CanaryQuerySet":
        """Those that alarm."""
        return self.filter(withdrawn_at=None)


class Canary(models.Model):
    """A fictitious person of the base whom nobody has a reason to open (*registro-isca*). `person` is the public id."""

    person = models.UUIDField("identificador da ficha", unique=True)
    note = models.CharField("onde e por quê", max_length=300)
    planted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="plantado por")
    planted_at = models.DateTimeField("plantado em", auto_now_add=True)
    withdrawn_at = models.DateTimeField("retirado em", null=True)

    objects = CanaryQuerySet.as_manager()

    class Meta:
        verbose_name = "registro-isca"
        verbose_name_plural = "registros-isca"
        ordering = ["-planted_at"]

    def __str__(self) -> str:
        return str(self.pk)
