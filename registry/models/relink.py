"""What linking the whole base anew would change, before anybody is moved."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from registry.models.judgement import Verdict
from registry.models.matching import MatchingModel


class Relink(models.Model):
    """A dry run of a model on the whole base (*religação*), and whether its differences were adopted.

    While `applying`, loads leave their records waiting to be judged.
    """

    model = models.ForeignKey(MatchingModel, on_delete=models.PROTECT, related_name="+", verbose_name="modelo")
    looked_at = models.DateTimeField("base vista em")
    made_at = models.DateTimeField("feita em", db_default=Now())
    made_by = models.CharField("feita por", max_length=80)
    figures = models.JSONField("números", default=dict)
    applying = models.BooleanField("sendo aplicada", default=False)
    adopted_at = models.DateTimeField("adotada em", null=True)

    class Meta:
        verbose_name = "religação"
        verbose_name_plural = "religações"


class RelinkChange(models.Model):
    """A pair whose judgement by rules and models would change; an empty verdict: would be revoked (*mudança*)."""

    relink = models.ForeignKey(Relink, on_delete=models.CASCADE, related_name="changes", verbose_name="religação")
    a_id = models.BigIntegerField("registro A")
    b_id = models.BigIntegerField("registro B")
    verdict = models.CharField("julgamento", max_length=10, choices=Verdict.choices, blank=True)
    score = models.FloatField("pontuação", null=True)
    reasons = models.JSONField("razões", default=list)
    vetoes = ArrayField(models.CharField(max_length=20), verbose_name="impedimentos", default=list)
    applied = models.BooleanField("aplicada", default=False, db_default=False)

    class Meta:
        verbose_name = "mudança de religação"
        verbose_name_plural = "mudanças de religação"
