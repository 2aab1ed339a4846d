"""Exports above the cap, which a second person approves."""

from datetime import datetime

from django.conf import settings
from django.db import models

from consulta.models.told import Told
from credentialing.models import Purpose


class ExportState(models.TextChoices):
    """The life of a request to export."""

    ASKED = "asked", "Aguarda aprovação"
    APPROVED = "approved", "Aprovada"
    REFUSED = "refused", "Recusada"
    TAKEN = "taken", "Baixada"


class ExportRequest(Told):
    """A request to take away more persons than one may alone (*pedido de exportação*). Approved, it gives one file,
    once, within its time. The words are the criteria or the folder, and the reason."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="usuário"
    )
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+", verbose_name="finalidade")
    file_format = models.CharField("formato", max_length=4)
    rows = models.PositiveIntegerField("pessoas")
    state = models.CharField("situação", max_length=10, choices=ExportState.choices, default=ExportState.ASKED)
    asked_at = models.DateTimeField("pedido em", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="decidido por"
    )
    decided_at = models.DateTimeField("decidido em", null=True)
    note = models.CharField("motivo da decisão", max_length=300, blank=True)
    expires_at = models.DateTimeField("vale até", null=True)
    taken_at = models.DateTimeField("baixada em", null=True)

    class Meta:
        verbose_name = "pedido de exportação"
        verbose_name_plural = "pedidos de exportação"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["user", "-asked_at"], name="export_of_user")]

    def may_be_taken(self, now: datetime) -> bool:
        """True while its file may be downloaded."""
        return self.state == ExportState.APPROVED and self.expires_at is not None and now < self.expires_at
