"""An agency's monthly report: prepared by the platform, completed and signed by the agency, then never changed."""

import hashlib
from typing import Any

import orjson
from django.db import models

from credentialing.models.agency import Agency
from credentialing.models.user import User


class Scope(models.TextChoices):
    """The three scopes of Portaria MJSP 218/2021, art. 29."""

    USERS = "users", "I · Gestão de usuários"
    OPERATIONS = "operations", "II · Operações planejadas e coordenadas"
    BEHAVIOUR = "behaviour", "III · Comportamento dos usuários"


class MonthlyReport(models.Model):
    """The report (*relatório mensal*) of one agency and month. A trigger refuses any change once it is signed.

    `figures` is what the platform counted, by scope; `remarks` what the agency adds to each. `sha256` is of `content`.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports", verbose_name="órgão")
    month = models.DateField("mês")
    figures = models.JSONField("números")
    remarks = models.JSONField("observações do órgão", default=dict)
    prepared_at = models.DateTimeField("preparado em")
    prepared_by = models.CharField("preparado por", max_length=80)
    signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="assinado por", null=True
    )
    signed_at = models.DateTimeField("assinado em", null=True)
    sha256 = models.CharField("SHA-256 do conteúdo", max_length=64, blank=True)
    checkpoint = models.BigIntegerField("ponto de controle", null=True)
    root = models.CharField("raiz da auditoria", max_length=64, blank=True)

    class Meta:
        verbose_name = "relatório mensal"
        verbose_name_plural = "relatórios mensais"
        ordering = ["-month", "agency__acronym"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "month"], name="report_one_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="report_month_is_its_first_day"),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by__isnull=True, sha256="")
                | models.Q(signed_at__isnull=False, signed_by__isnull=False) & ~models.Q(sha256=""),
                name="report_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.month:%Y-%m}"

    @property
    def is_signed(self) -> bool:
        """True once it was submitted."""
        return self.signed_at is not None

    @property
    def content(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "agency": self.agency.acronym,
            "month": f"{self.month:%Y-%m}",
            "figures": self.figures,
            "remarks": self.remarks,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the content as JSON with sorted keys, 64 hexadecimal digits."""
        return hashlib.sha256(orjson.dumps(self.content, option=orjson.OPT_SORT_KEYS)).hexdigest()
