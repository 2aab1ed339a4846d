"""Pairs of records that wait for a human, and what humans answered."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from registry.models.judgement import Verdict
from registry.models.record import Record


class ReviewCause(models.TextChoices):
    """Why a pair needs a human."""

    SCORE = "score", "Semelhança insuficiente para juntar sem uma pessoa"
    VETO = "veto", "Há um impedimento para juntar sem uma pessoa"
    REFUSED = "refused", "Juntar reuniria registros que devem ficar separados"
    CONTRADICTION = "contradiction", "Julgamentos se contradizem"
    SAMPLE = "sample", "Amostra de controle"


class Outcome(models.TextChoices):
    """How a review ended. Withdrawn: the pair no longer needs a human, since its records or the model changed."""

    SAME = Verdict.SAME.value, Verdict.SAME.label
    DIFFERENT = Verdict.DIFFERENT.value, Verdict.DIFFERENT.label
    UNSURE = Verdict.UNSURE.value, Verdict.UNSURE.label
    WITHDRAWN = "withdrawn", "Retirado da fila"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Which pairs wait."""

    def open(self) -> Self:
        """Pairs that nobody has settled, the most consequential first."""
        return self.filter(closed_at=None).order_by("-impact", "-score", "pk")


class Review(models.Model):
    """A pair of records that waits for a human (*par em revisão*), in the queue of *Duplicatas*.

    The judgement it may lead to is in `Judgement`; this row is the work: why, how urgent, who has it in hand, how it
    ended. `judge`, `score`, `reasons` and `vetoes` are those of the decision that asked for it. At most one is open
    for a pair. A sample's reviewer is not told what was decided of the pair before.
    """

    a = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", verbose_name="registro A")
    b = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", verbose_name="registro B")
    cause = models.CharField("motivo", max_length=15, choices=ReviewCause.choices)
    judge = models.CharField("pedido por", max_length=80)
    score = models.FloatField("pontuação", null=True)
    reasons = models.JSONField("razões", default=list, db_default=[])
    vetoes = ArrayField(models.CharField(max_length=20), verbose_name="impedimentos", default=list, db_default=[])
    impact = models.PositiveSmallIntegerField(
        "impacto", db_default=0
    )  # in custody, across states: see services.reviewing
    needs_second = models.BooleanField("exige segundo revisor", db_default=False)
    opened_at = models.DateTimeField("na fila desde", db_default=Now())
    claimed_by = models.CharField("em análise por", max_length=80, blank=True, db_default="")
    claimed_until = models.DateTimeField("em análise até", null=True)
    closed_at = models.DateTimeField("encerrado em", null=True)
    outcome = models.CharField("desfecho", max_length=10, choices=Outcome.choices, blank=True, db_default="")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "par em revisão"
        verbose_name_plural = "pares em revisão"
        constraints = [
            models.CheckConstraint(condition=models.Q(a__lt=models.F("b")), name="review_pair_is_ordered"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="review_closed_has_outcome",
            ),
            models.UniqueConstraint(fields=["a", "b"], condition=models.Q(closed_at=None), name="review_open_once"),
        ]
        indexes = [
            models.Index(
                models.F("impact").desc(), models.F("score").desc(), "id",
                name="review_queue", condition=models.Q(closed_at=None),
            ),
            models.Index(fields=["b"], name="review_b", condition=models.Q(closed_at=None)),
        ]  # fmt: skip


class Vote(models.Model):
    """What one reviewer answered of a pair (*voto*). A review that needs a second reviewer has two, of two people."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="votes", verbose_name="par em revisão")
    verdict = models.CharField("julgamento", max_length=10, choices=Verdict.choices)
    voter = models.CharField("por", max_length=80)
    note = models.TextField("observação", blank=True)
    seconds = models.FloatField("segundos em tela", null=True)
    cast_at = models.DateTimeField("em", db_default=Now())
    withdrawn_at = models.DateTimeField("desfeito em", null=True)

    class Meta:
        verbose_name = "voto"
        verbose_name_plural = "votos"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "voter"], condition=models.Q(withdrawn_at=None), name="vote_once_per_reviewer"
            )
        ]
