"""The draw of each week."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from credentialing.models import Agency


class WeeklySample(models.Model):
    """Who of an agency is looked at in a week for no other reason than the draw (*amostra semanal*).

    With the recorded `seed` and `population` (ids of accounts that consulted or managed, in order), the draw can be
    repeated (`oversight.services.sampling.drawn`).
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="órgão")
    week = models.DateField("semana de")
    seed = models.CharField("semente", max_length=32)
    population = ArrayField(models.BigIntegerField(), verbose_name="contas em uso")
    chosen = ArrayField(models.BigIntegerField(), verbose_name="sorteadas")
    drawn_at = models.DateTimeField("sorteada em", auto_now_add=True)

    class Meta:
        verbose_name = "amostra semanal"
        verbose_name_plural = "amostras semanais"
        ordering = ["-week"]
        constraints = [models.UniqueConstraint(fields=["agency", "week"], name="sample_once_a_week")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.week}"
