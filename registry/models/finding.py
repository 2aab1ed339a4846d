"""What the quality rules found wrong or doubtful, and what was done about it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from registry.models.record import Record
from registry.models.unit import Unit


class Severity(models.TextChoices):
    """How much a finding matters. The values sort."""

    HIGH = "1", "Alta"
    MEDIUM = "2", "Média"
    LOW = "3", "Baixa"


class FindingStatus(models.TextChoices):
    """What was done about a finding. Only a check resolves one, when its condition is gone."""

    OPEN = "open", "Aberto"
    ACKNOWLEDGED = "acknowledged", "Em tratamento"
    DISMISSED = "dismissed", "Descartado"
    RESOLVED = "resolved", "Resolvido"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Which findings count."""

    def standing(self) -> "FindingQuerySet":
        """Those whose condition holds, whatever was done about them."""
        return self.filter(closed_at=None)

    def open(self) -> "FindingQuerySet":
        """Those that stand and that nobody has dismissed."""
        return self.standing().exclude(status=FindingStatus.DISMISSED)


class Finding(models.Model):
    """A condition that a rule found (*achado*): one row for a rule and its subject, for ever.

    `subject` is the sorted ids of the records, or the unit: the same condition found again is the same row. Persons
    are not kept: they are those of the records now. `evidence` has dates, codes and counts, never names or numbers
    of documents. `origins` are those of the records and the unit.
    """

    rule = models.CharField("regra", max_length=40)
    subject = models.CharField(max_length=260)
    severity = models.CharField("gravidade", max_length=1, choices=Severity.choices)
    status = models.CharField("situação", max_length=12, choices=FindingStatus.choices, default=FindingStatus.OPEN)
    owner = models.CharField("responsável", max_length=80, blank=True, default="")
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="unidade", db_constraint=False
    )
    records = models.ManyToManyField(Record, through="FindingRecord", related_name="findings")
    origins = ArrayField(models.BigIntegerField(), verbose_name="origens")
    evidence = models.JSONField("evidência", default=dict)
    opened_at = models.DateTimeField("aberto em", db_default=Now())
    last_seen_at = models.DateTimeField("verificado em", db_default=Now())
    closed_at = models.DateTimeField("resolvido em", null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "achado"
        verbose_name_plural = "achados"
        constraints = [models.UniqueConstraint(fields=["rule", "subject"], name="finding_once_per_subject")]
        indexes = [GinIndex(fields=["origins"], name="finding_origins", condition=models.Q(closed_at=None))]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"


class FindingRecord(models.Model):
    """A record that a finding is about. Written by checks alone, in sets that join the record: no row checks."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+", db_index=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        verbose_name = "registro do achado"
        verbose_name_plural = "registros do achado"
        constraints = [models.UniqueConstraint(fields=["finding", "record"], name="finding_record_once")]


class FindingEvent(models.Model):
    """A change of a finding's status (*histórico*): who, when, from what to what, why. Never changed nor deleted."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="events", verbose_name="achado")
    at = models.DateTimeField("em", db_default=Now())
    by = models.CharField("por", max_length=80)  # "system:<task>" or the username
    before = models.CharField("de", max_length=12, choices=FindingStatus.choices, blank=True)
    after = models.CharField("para", max_length=12, choices=FindingStatus.choices)
    note = models.CharField("nota", max_length=500, blank=True)

    class Meta:
        verbose_name = "evento do achado"
        verbose_name_plural = "eventos do achado"
