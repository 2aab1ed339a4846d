"""Visitors' links with prisoners, and the visits made."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Prisoner, Visitor
from registry.models.unit import Unit


class VisitorLink(Observed):
    """A visitor's authorisation for one prisoner (*vínculo, carteira*): kinship, status, validity."""

    visitor = models.ForeignKey(
        Visitor, on_delete=models.CASCADE, related_name="links", verbose_name="visitante", db_constraint=False
    )
    prisoner = models.ForeignKey(
        Prisoner, on_delete=models.CASCADE, related_name="visitor_links", verbose_name="preso", db_constraint=False
    )
    kinship = models.CharField("parentesco", max_length=20)
    status = models.CharField("situação", max_length=12)
    since = models.DateField("início")
    valid_until = models.DateField("validade", null=True)
    suspension_reason = models.CharField("motivo da suspensão", max_length=200, blank=True)

    class Meta:
        verbose_name = "vínculo de visitante"
        verbose_name_plural = "vínculos de visitante"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="visitor_link_once_per_origin")]


class Visit(Observed):
    """A visit made (*visita*). Partitioned by origin; primary key in the database: (origin, id)."""

    id = models.BigAutoField(primary_key=True)
    visitor = models.ForeignKey(
        Visitor,
        on_delete=models.CASCADE,
        related_name="visits",
        verbose_name="visitante",
        db_constraint=False,
        db_index=False,
    )
    prisoner = models.ForeignKey(
        Prisoner,
        on_delete=models.CASCADE,
        related_name="visits",
        verbose_name="preso",
        db_constraint=False,
        db_index=False,
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name="unidade",
        db_constraint=False,
        db_index=False,
    )
    entered_at = models.DateTimeField("entrada")
    left_at = models.DateTimeField("saída", null=True)
    kind = models.CharField("tipo", max_length=12, blank=True)
    accompanied_minor = models.BooleanField("menor acompanhado", null=True)

    class Meta:
        verbose_name = "visita"
        verbose_name_plural = "visitas"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="visit_once_per_origin")]
        indexes = [
            models.Index(fields=["prisoner", "entered_at"], name="visit_prisoner"),
            models.Index(fields=["visitor", "entered_at"], name="visit_visitor"),
            models.Index(fields=["unit", "entered_at"], name="visit_unit"),
        ]
