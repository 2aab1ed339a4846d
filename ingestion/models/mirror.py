"""The mirror: the last version of every row of every view, as received."""

from django.db import models

from ingestion.models.mapping_version import MappingVersion
from registry.models import Origin


class RawRecord(models.Model):
    """A row of a state's view as last received (*registro bruto*). One partition per origin.

    `raw` is a JSON array of the state's own values, in the order of `mapping`'s columns for the view;
    `content_hash` (the first half of a SHA-256) covers the mapped values, so that only a change the registry can see
    counts as one.
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

    class Meta:
        verbose_name = "registro bruto"
        verbose_name_plural = "registros brutos"
