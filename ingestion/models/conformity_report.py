"""What checks of a source found."""

from django.db import models

from ingestion.models.source import Source


class ConformityReport(models.Model):
    """One check of a source against the contract (*verificação*). Never changed.

    `report` is as `ingestion.conformity.report` writes it: counts and sentences, no personal data. `signature` is the
    other half of the signed envelope; null where this installation has no key to sign with.
    """

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="conformity_reports", verbose_name="fonte"
    )
    checked_at = models.DateTimeField("verificada em")
    checked_by = models.CharField("verificada por", max_length=80)
    passed = models.BooleanField("aprovada")
    report = models.JSONField("relatório")
    signature = models.JSONField("assinatura", null=True)

    class Meta:
        verbose_name = "verificação"
        verbose_name_plural = "verificações"
        ordering = ["-id"]
        get_latest_by = "id"

    def __str__(self) -> str:
        return f"verificação {self.pk}"

    @property
    def envelope(self) -> dict[str, object]:
        """The file that `contract verify` reads."""
        return {"report": self.report, "signature": self.signature}
