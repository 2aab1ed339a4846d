"""Periods of custody."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Prisoner
from registry.models.unit import Unit


class Custody(Observed):
    """A period in one unit under one regime (*custódia*). Open while `ended_at` is empty. Times are UTC instants."""

    prisoner = models.ForeignKey(
        Prisoner, on_delete=models.CASCADE, related_name="custodies", verbose_name="preso", db_constraint=False
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="custodies",
        verbose_name="unidade",
        db_constraint=False,
        db_index=False,
    )
    wing = models.CharField("pavilhão", max_length=30, blank=True)
    cell = models.CharField("cela", max_length=30, blank=True)
    situation = models.CharField("situação", max_length=20)
    regime = models.CharField("regime", max_length=20)
    justice = models.CharField("justiça", max_length=10)
    arrested_on = models.DateField("prisão")
    started_at = models.DateTimeField("inclusão")
    ended_at = models.DateTimeField("saída", null=True)
    rdd = models.BooleanField("RDD", null=True)
    monitored = models.BooleanField("monitoração eletrônica", null=True)
    faction = models.CharField("grupo ou facção", max_length=60, blank=True)  # shown only with a permission of its own
    behaviour = models.CharField("comportamento", max_length=12, blank=True)

    class Meta:
        verbose_name = "custódia"
        verbose_name_plural = "custódias"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="custody_once_per_origin")]
        indexes = [
            models.Index(fields=["unit", "wing", "cell", "started_at"], name="custody_place"),
            models.Index(fields=["unit"], name="custody_open", condition=models.Q(ended_at=None, removed_at=None)),
        ]
