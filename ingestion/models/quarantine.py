"""Rows that could not go on, and codes nobody has mapped."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ingestion.models.mapping_version import MappingVersion
from registry.models import Origin


class RejectionStatus(models.TextChoices):
    """What has become of a rejected row."""

    OPEN = "open", "Aberta"
    WAITING = "waiting", "À espera da próxima carga"
    REFUSED = "refused", "Exclusão recusada"
    REPROCESSED = "reprocessed", "Reprocessada"
    SUPERSEDED = "superseded", "Superada por versão mais nova"
    GONE = "gone", "Excluída na origem"


STANDING = (RejectionStatus.OPEN, RejectionStatus.WAITING, RejectionStatus.REFUSED)


class Rejection(models.Model):
    """A row in quarantine (*rejeição*): raw, with its reasons. Holds personal data.

    `raw` is as in the mirror, and `mapping` says which columns it has. A waiting row (its parent is unknown, or it
    was read again after a correction) also keeps its `mapped` values, in the order of the contract's columns, and
    is tried at every load. The same raw row is kept once however often it is read.
    A refused one is a removal that a person did not let through: the row that says so, or the last one there was.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    view = models.CharField("visão", max_length=30)
    origin_key = models.CharField("id na origem", max_length=200, blank=True)
    raw = models.TextField("linha como recebida")
    raw_hash = models.UUIDField()
    mapping = models.ForeignKey(MappingVersion, on_delete=models.PROTECT, related_name="+", verbose_name="mapeamento")
    mapped = ArrayField(models.TextField(null=True), null=True)
    content_hash = models.UUIDField(null=True)
    origin_updated_at = models.DateTimeField("atualizada na origem em", null=True)
    reasons = models.JSONField("motivos")
    status = models.CharField("situação", max_length=12, choices=RejectionStatus.choices, default=RejectionStatus.OPEN)
    load = models.BigIntegerField("carga")
    created_at = models.DateTimeField("rejeitada em", auto_now_add=True)
    settled_at = models.DateTimeField("resolvida em", null=True)

    class Meta:
        verbose_name = "rejeição"
        verbose_name_plural = "quarentena"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "view", "raw_hash"],
                condition=models.Q(status__in=STANDING),
                name="rejection_stands_once",
            )
        ]
        indexes = [
            models.Index(fields=["origin", "view", "origin_key"], name="rejection_key"),
            models.Index(fields=["status", "origin", "view"], name="rejection_status"),
        ]

    def __str__(self) -> str:
        return f"rejeição {self.pk}"


class UnmappedCode(models.Model):
    """A state's code that no map translates (*código sem mapeamento*): kept raw in the rows, counted here."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    view = models.CharField("visão", max_length=30)
    field = models.CharField("campo", max_length=40)
    code = models.CharField("código do estado", max_length=80)
    count = models.BigIntegerField("linhas novas ou alteradas com ele")
    first_load = models.BigIntegerField("primeira carga")
    last_load = models.BigIntegerField("última carga")
    first_seen_at = models.DateTimeField("visto primeiro em")
    last_seen_at = models.DateTimeField("visto por último em")

    class Meta:
        verbose_name = "código sem mapeamento"
        verbose_name_plural = "códigos sem mapeamento"
        ordering = ["origin", "view", "field", "code"]
        constraints = [models.UniqueConstraint(fields=["origin", "view", "field", "code"], name="unmapped_code_once")]

    def __str__(self) -> str:
        return f"{self.view}.{self.field}"
