"""Work, study and discipline."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Prisoner


class WorkStudy(Observed):
    """Work, study, reading or sport (*laborterapia, educação, remição*; LEP art. 126)."""

    prisoner = models.ForeignKey(
        Prisoner, on_delete=models.CASCADE, related_name="activities", verbose_name="preso", db_constraint=False
    )
    nature = models.CharField("natureza", max_length=12)
    vacancy_origin = models.CharField("origem da vaga", max_length=80, blank=True)
    sector = models.CharField("setor", max_length=12, blank=True)
    internal = models.BooleanField("interno", null=True)
    pay = models.CharField("remuneração", max_length=60, blank=True)
    level = models.CharField("nível de ensino", max_length=60, blank=True)
    since = models.DateField("início")
    until = models.DateField("fim", null=True)
    days = models.PositiveIntegerField("dias", null=True)
    hours = models.PositiveIntegerField("horas", null=True)
    remitted_days = models.PositiveIntegerField("dias remidos", null=True)

    class Meta:
        verbose_name = "trabalho ou estudo"
        verbose_name_plural = "trabalho e estudo"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="work_study_once_per_origin")]


class Fault(Observed):
    """A disciplinary fault (*falta disciplinar*; LEP art. 49)."""

    prisoner = models.ForeignKey(
        Prisoner, on_delete=models.CASCADE, related_name="faults", verbose_name="preso", db_constraint=False
    )
    severity = models.CharField("gravidade", max_length=6)
    occurred_on = models.DateField("data do fato")
    status = models.CharField("situação", max_length=20)

    class Meta:
        verbose_name = "falta disciplinar"
        verbose_name_plural = "faltas disciplinares"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="fault_once_per_origin")]
