"""The mirror: the last version of every row of every view, as received, and the versions before it."""

from django.db import models

from ingestion.models.mapping_version import MappingVersion
from registry.models import Origin


class Presence(models.TextChoices):
    """Whether the state has a row, as last seen."""

    PRESENT = "P", "Presente"
    EXCLUDED = "E", "Excluída na origem"
    GONE = "G", "Ausente da origem"


class RawRecord(models.Model):
    """A row of a state's view as last received (*registro bruto*). One partition per origin, divided by view.

    `raw` is a JSON array of the state's own values, in the order of `mapping`'s columns for the view;
    `content_hash` (the first half of a SHA-256) covers the mapped values, so that only a change the registry can see
    counts as one. `origin_updated_at` is the mapped `dt_atualizacao`; a row that is gone keeps its last content.
    Written by set-based SQL alone, under locks that keep what it refers to: checking each reference would double
    the cost of a first load.
    """

    pk = models.CompositePrimaryKey("origin_id", "view", "origin_key")
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    view = models.CharField(max_length=30)
    origin_key = models.CharField(max_length=40)
    content_hash = models.UUIDField()
    raw = models.TextField()
    mapping = models.ForeignKey(
        MappingVersion, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    load = models.BigIntegerField()
    changed_at = models.DateTimeField()
    origin_updated_at = models.DateTimeField(null=True)
    presence = models.CharField(max_length=1, choices=Presence.choices, default=Presence.PRESENT)

    class Meta:
        verbose_name = "registro bruto"
        verbose_name_plural = "registros brutos"


class ReplacedBecause(models.TextChoices):
    """Why a version gave way to the next."""

    UPDATED = "updated", "Atualizada"
    REMOVED = "removed", "Excluída"
    BACK = "back", "Voltou"


class PreviousVersion(models.Model):
    """What the mirror held of a row before (*versão anterior*). One partition per origin, as the mirror.

    Valid from `valid_from` until `valid_to`, instants at which this base learnt it. Written in the statement that
    replaces the mirror's row, never changed.
    """

    pk = models.CompositePrimaryKey("origin_id", "view", "origin_key", "valid_to")
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    view = models.CharField(max_length=30)
    origin_key = models.CharField(max_length=40)
    content_hash = models.UUIDField()
    raw = models.TextField()
    mapping = models.ForeignKey(
        MappingVersion, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    load = models.BigIntegerField()
    replaced_by_load = models.BigIntegerField()
    origin_updated_at = models.DateTimeField(null=True)
    presence = models.CharField(max_length=1, choices=Presence.choices)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    replaced_because = models.CharField(max_length=7, choices=ReplacedBecause.choices)

    class Meta:
        verbose_name = "versão anterior"
        verbose_name_plural = "versões anteriores"
