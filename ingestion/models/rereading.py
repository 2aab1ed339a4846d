"""Reading the mirror again by a newer mapping."""

from django.db import models

from ingestion.models.mapping_version import MappingVersion
from registry.models import Origin


class Rereading(models.Model):
    """One view of the mirror read again by a mapping (*releitura*): how far it went, and what it found.

    Rows that come out otherwise wait in the quarantine for the next load, which publishes them. `unfaithful` rows did
    not come out of their raw form as they were once published: only the state can give them again.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    view = models.CharField("visão", max_length=30)
    mapping = models.ForeignKey(MappingVersion, on_delete=models.PROTECT, related_name="+", verbose_name="mapeamento")
    after_key = models.CharField("última chave", max_length=40, blank=True)
    examined = models.BigIntegerField("linhas examinadas", default=0)
    changed = models.BigIntegerField("com outro conteúdo", default=0)
    rejected = models.BigIntegerField("não podem ser lidas", default=0)
    unfaithful = models.BigIntegerField("só o estado pode dar de novo", default=0)
    requested_by = models.CharField("pedida por", max_length=80)
    created_at = models.DateTimeField("pedida em", auto_now_add=True)
    finished_at = models.DateTimeField("fim", null=True)

    class Meta:
        verbose_name = "releitura"
        verbose_name_plural = "releituras"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "view"], condition=models.Q(finished_at__isnull=True), name="rereading_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"releitura {self.pk}"
