"""When a substitute acts: only while somebody designated them."""

from datetime import date

from django.db import models
from django.utils import timezone

from credentialing.models.user import User
from senappen.lib import changes


class DesignationQuerySet(models.QuerySet["Designation"]):
    """Which designations count."""

    def in_force(self, day: date | None = None) -> "DesignationQuerySet":
        """Those of a day, today unless said, at the platform's own date."""
        day = day or timezone.localdate()
        return self.filter(since__lte=day, until__gte=day, ended_at=None)


@changes.kept()
class Designation(models.Model):
    """A substitute's turn (*designação*): whole days from `since` to `until`, and why. May be ended before."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="designations", verbose_name="substituto")
    since = models.DateField("de")
    until = models.DateField("até")
    reason = models.CharField("motivo", max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="designado por")
    made_at = models.DateTimeField("designado em", auto_now_add=True)
    ended_at = models.DateTimeField("encerrada em", null=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="encerrada por", null=True
    )

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = "designação"
        verbose_name_plural = "designações"
        ordering = ["user", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="designation_ends_after_it_begins",
                violation_error_message="O fim vem antes do começo.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.since}–{self.until}"
