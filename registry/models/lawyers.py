"""Lawyers' clients and attendances."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Lawyer, Prisoner
from registry.models.unit import Unit


class LawyerClient(Observed):
    """A lawyer's mandate for one prisoner (*vínculo de advogado*)."""

    lawyer = models.ForeignKey(
        Lawyer, on_delete=models.CASCADE, related_name="clients", verbose_name="advogado", db_constraint=False
    )
    prisoner = models.ForeignKey(
        Prisoner, on_delete=models.CASCADE, related_name="lawyer_links", verbose_name="preso", db_constraint=False
    )
    npu = models.CharField("NPU", max_length=20, blank=True)
    since = models.DateField("início")
    until = models.DateField("fim", null=True)
    power_of_attorney = models.BooleanField("procuração", null=True)

    class Meta:
        verbose_name = "vínculo de advogado"
        verbose_name_plural = "vínculos de advogado"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="lawyer_link_once_per_origin")]


class LawyerAttendance(Observed):
    """A lawyer's attendance of a prisoner (*atendimento*). Partitioned by origin; primary key: (origin, id)."""

    id = models.BigAutoField(primary_key=True)
    lawyer = models.ForeignKey(
        Lawyer,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name="advogado",
        db_constraint=False,
        db_index=False,
    )
    prisoner = models.ForeignKey(
        Prisoner,
        on_delete=models.CASCADE,
        related_name="lawyer_attendances",
        verbose_name="preso",
        db_constraint=False,
        db_index=False,
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="unidade", db_constraint=False
    )
    entered_at = models.DateTimeField("entrada")
    left_at = models.DateTimeField("saída", null=True)
    modality = models.CharField("modalidade", max_length=12, blank=True)

    class Meta:
        verbose_name = "atendimento de advogado"
        verbose_name_plural = "atendimentos de advogado"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="attendance_once_per_origin")]
        indexes = [
            models.Index(fields=["prisoner", "entered_at"], name="attendance_prisoner"),
            models.Index(fields=["lawyer", "entered_at"], name="attendance_lawyer"),
        ]
