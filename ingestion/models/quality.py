"""How good what a state sends is, day by day: counts and scores, never a value."""

from django.db import models

from ingestion.models.load import Load
from registry.models import Origin
from registry.selectors.quality import DelayKind


class DelaySpan(models.TextChoices):
    """Between which two instants a delay lies (`registry.selectors.quality.DelayKind`)."""

    REGISTRATION = DelayKind.EVENT_TO_REGISTRATION, "Do fato ao registro no estado"
    EVENT = DelayKind.EVENT_TO_RECEIPT, "Do fato ao recebimento"
    UPDATE = DelayKind.UPDATE_TO_RECEIPT, "Da atualização no estado ao recebimento"


class ViewQuality(models.Model):
    """The quality of one view of an origin on one day (*medida de qualidade da visão*).

    The four scores, from 0 to 1, are as defined in docs/operacao/qualidade.md on the day they were taken; None where
    there was nothing to measure. `load` is the last load they know of; a view that no load changed keeps its numbers
    and `measured_at`.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    view = models.CharField("visão", max_length=30)
    day = models.DateField("dia")
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+", verbose_name="carga")
    measured_at = models.DateTimeField("medida em")
    rows = models.BigIntegerField("linhas na base")
    rejected = models.BigIntegerField("linhas na quarentena")
    completeness = models.FloatField("completude", null=True)
    validity = models.FloatField("validade", null=True)
    timeliness = models.FloatField("tempestividade", null=True)
    consistency = models.FloatField("consistência", null=True)

    class Meta:
        verbose_name = "medida de qualidade"
        verbose_name_plural = "medidas de qualidade"
        ordering = ["origin", "-day", "view"]
        constraints = [models.UniqueConstraint(fields=["origin", "day", "view"], name="view_quality_once_a_day")]

    def __str__(self) -> str:
        return f"{self.view} {self.day}"


class FieldQuality(models.Model):
    """The counts of one field in a measure (*medida de qualidade do campo*).

    `missing` and `rejected` are rows in quarantine because of the field: empty, or otherwise not accepted. `faults`
    counts, by `registry.selectors.quality.Fault`, what is wrong with values that were accepted: those that are wrong
    by themselves make `invalid`, those that contradict other data `conflicts`.
    """

    measure = models.ForeignKey(ViewQuality, on_delete=models.CASCADE, related_name="fields", verbose_name="medida")
    field = models.CharField("campo", max_length=40)
    expected = models.BigIntegerField("esperado em")
    informed = models.BigIntegerField("informado em")
    uncoded = models.BigIntegerField("código sem correspondência", default=0)
    invalid = models.BigIntegerField("inválido", default=0)
    conflicts = models.BigIntegerField("em conflito", default=0)
    missing = models.BigIntegerField("em quarentena por vazio", default=0)
    rejected = models.BigIntegerField("em quarentena por outro motivo", default=0)
    faults = models.JSONField("defeitos", default=dict)

    class Meta:
        verbose_name = "medida de qualidade do campo"
        verbose_name_plural = "medidas de qualidade dos campos"
        constraints = [models.UniqueConstraint(fields=["measure", "field"], name="field_quality_once")]

    def __str__(self) -> str:
        return self.field


class DelayQuality(models.Model):
    """How late the rows of the last 30 days came, in a measure (*medida de atraso*). Times in seconds."""

    measure = models.ForeignKey(ViewQuality, on_delete=models.CASCADE, related_name="delays", verbose_name="medida")
    span = models.CharField("intervalo", max_length=12, choices=DelaySpan.choices)
    rows = models.BigIntegerField("linhas")
    on_time = models.BigIntegerField("no prazo")
    mean = models.FloatField("média")
    p95 = models.FloatField("percentil 95")

    class Meta:
        verbose_name = "medida de atraso"
        verbose_name_plural = "medidas de atraso"
        constraints = [models.UniqueConstraint(fields=["measure", "span"], name="delay_quality_once")]

    def __str__(self) -> str:
        return self.span
