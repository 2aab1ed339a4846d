"""The models that link records, each kept with what it was trained on and how it was measured."""

from django.db import models
from django.db.models.functions import Now


class MatchingModel(models.Model):
    """A trained model (*modelo de correspondência*). Its parameters never change: another training is another version.

    At most one is adopted. The version is a digest of the parameters, so the same training is not kept twice.
    """

    version = models.CharField("versão", max_length=12, unique=True, editable=False)
    parameters = models.JSONField("parâmetros", editable=False)  # matching.model.Model.to_json
    records = models.PositiveBigIntegerField("registros do treino")
    measures = models.JSONField("medidas", default=dict)  # matching.evaluation.figures; empty until evaluated
    adopted = models.BooleanField("adotado", default=False)
    made_at = models.DateTimeField("treinado em", db_default=Now())
    made_by = models.CharField("treinado por", max_length=80)

    class Meta:
        verbose_name = "modelo de correspondência"
        verbose_name_plural = "modelos de correspondência"
        constraints = [
            models.UniqueConstraint(fields=["adopted"], condition=models.Q(adopted=True), name="one_adopted_model")
        ]

    def __str__(self) -> str:
        return self.version
