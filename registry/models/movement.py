"""Events of movement."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Prisoner
from registry.models.unit import Unit


class Movement(Observed):
    """An event of a prisoner's movement (*movimentação*). `occurred_at` is when it happened, `registered_at` when
    the state wrote it down. `kind` is the contract's code, or the state's own where no mapping is known yet.

    The table is partitioned by origin; its primary key in the database is (origin, id).
    """

    id = models.BigAutoField(primary_key=True)
    prisoner = models.ForeignKey(
        Prisoner,
        on_delete=models.CASCADE,
        related_name="movements",
        verbose_name="preso",
        db_constraint=False,
        db_index=False,
    )
    kind = models.CharField("tipo", max_length=20)
    occurred_at = models.DateTimeField("quando")
    registered_at = models.DateTimeField("lançado em")
    unit_from = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="unidade de origem",
        db_constraint=False,
        db_index=False,
    )
    unit_to = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="unidade de destino",
        db_constraint=False,
        db_index=False,
    )
    other_uf = models.CharField("outra UF", max_length=2, blank=True)
    reason = models.CharField("motivo", max_length=200, blank=True)
    document = models.CharField("documento", max_length=60, blank=True)
    expected_return_at = models.DateTimeField("retorno previsto", null=True)
    death_cause = models.CharField("causa do óbito", max_length=20, blank=True)

    class Meta:
        verbose_name = "movimentação"
        verbose_name_plural = "movimentações"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="movement_once_per_origin")]
        indexes = [
            models.Index(fields=["prisoner", "occurred_at"], name="movement_prisoner"),
            models.Index(fields=["unit_from", "occurred_at"], name="movement_from"),
            models.Index(fields=["unit_to", "occurred_at"], name="movement_to"),
        ]
