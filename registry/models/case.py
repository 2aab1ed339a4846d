"""Court cases and offences."""

from django.db import models

from registry.models.observed import Observed
from registry.models.record import Prisoner


class Case(Observed):
    """A court case, warrant or sentence document (*processo*). `npu` is empty when the number received is invalid."""

    prisoner = models.ForeignKey(
        Prisoner, on_delete=models.CASCADE, related_name="cases", verbose_name="preso", db_constraint=False
    )
    npu = models.CharField("NPU", max_length=20, blank=True)
    npu_raw = models.CharField("NPU como recebido", max_length=40)
    piece_number = models.CharField("número da peça", max_length=40, blank=True)
    piece_kind = models.CharField("tipo de peça", max_length=80, blank=True)
    arrest_kind = models.CharField("espécie de prisão", max_length=80, blank=True)
    court = models.CharField("órgão", max_length=160, blank=True)
    issued_on = models.DateField("expedição", null=True)
    valid_until = models.DateField("validade", null=True)
    sentenced_on = models.DateField("sentença", null=True)
    final_on = models.DateField("trânsito em julgado", null=True)
    sentence_years = models.PositiveSmallIntegerField("pena (anos)", null=True)
    sentence_months = models.PositiveSmallIntegerField("pena (meses)", null=True)
    sentence_days = models.PositiveSmallIntegerField("pena (dias)", null=True)
    initial_regime = models.CharField("regime inicial", max_length=20, blank=True)
    recidivist = models.BooleanField("reincidente", null=True)
    remand_days = models.PositiveIntegerField("detração (dias)", null=True)
    secrecy = models.CharField("sigilo", max_length=10, blank=True)

    class Meta:
        verbose_name = "processo"
        verbose_name_plural = "processos"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="case_once_per_origin")]
        indexes = [models.Index(fields=["npu"], name="case_npu", condition=~models.Q(npu=""))]


class Offence(Observed):
    """An offence of a case (*tipificação*)."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="offences", verbose_name="processo", db_constraint=False
    )
    law = models.CharField("lei", max_length=30)
    article = models.CharField("artigo", max_length=60)
    committed_on = models.DateField("data do fato", null=True)
    heinous = models.BooleanField("hediondo", null=True)
    attempted = models.BooleanField("tentado", null=True)
    form_code = models.CharField("linha do formulário", max_length=40, blank=True)

    class Meta:
        verbose_name = "tipificação"
        verbose_name_plural = "tipificações"
        constraints = [models.UniqueConstraint(fields=["origin", "origin_key"], name="offence_once_per_origin")]
