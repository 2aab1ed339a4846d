"""Decisions on whether two records are of the same human being."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from registry.models.record import Record


class Verdict(models.TextChoices):
    """What was decided of a pair of records."""

    SAME = "same", "Mesma pessoa"
    DIFFERENT = "different", "Pessoas diferentes"
    UNSURE = "unsure", "Indefinido"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Which judgements count."""

    def standing(self) -> "JudgementQuerySet":
        """Judgements that nobody revoked."""
        return self.filter(revoked_at=None)


class Judgement(models.Model):
    """An edge between two records (*julgamento*): by whom or which model, when, how sure, why. Never deleted."""

    a = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", verbose_name="registro A")
    b = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", verbose_name="registro B")
    verdict = models.CharField("julgamento", max_length=10, choices=Verdict.choices)
    judge = models.CharField("por", max_length=80)  # "rule:cpf/1", "model:<version>", "user:<username>"
    score = models.FloatField("pontuação", null=True)
    reasons = models.JSONField("razões", default=list)
    # Codes of `matching.vetoes`: while an unsure judgement with one stands, its records never come to share a person.
    vetoes = ArrayField(models.CharField(max_length=20), verbose_name="impedimentos", default=list, db_default=[])
    note = models.TextField("observação", blank=True, db_default="")
    made_at = models.DateTimeField("em", db_default=Now())
    revoked_at = models.DateTimeField("revogado em", null=True)
    revoked_by = models.CharField("revogado por", max_length=80, blank=True)
    revoked_note = models.TextField("razão da revogação", blank=True, db_default="")

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "julgamento"
        verbose_name_plural = "julgamentos"
        constraints = [
            models.CheckConstraint(condition=models.Q(a__lt=models.F("b")), name="judgement_pair_is_ordered"),
            models.UniqueConstraint(
                fields=["a", "b", "judge"], condition=models.Q(revoked_at=None), name="judgement_stands_once"
            ),
        ]
        indexes = [models.Index(fields=["b"], name="judgement_b", condition=models.Q(revoked_at=None))]
