"""Requests that somebody be put under a seal."""

from django.conf import settings
from django.db import models

from consulta.models.told import Told
from credentialing.models import Purpose


class SealRequestState(models.TextChoices):
    """The life of a request for a seal. What becomes of the seal itself afterwards is not told to who asked."""

    ASKED = "asked", "Aguarda decisão"
    ORDERED = "ordered", "Atendido"
    REFUSED = "refused", "Recusado"
    WITHDRAWN = "withdrawn", "Retirado"


class SealRequest(Told):
    """A request that somebody be put under a seal (*pedido de sigilo*), decided by whoever keeps the seals.

    It holds the words of who asked, the identifier among them, and points at no person: nothing of a row changes with
    what becomes of the person. `purpose` is none where who asks consults nobody. `read_at`: when they read the answer.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="usuário"
    )
    purpose = models.ForeignKey(
        Purpose, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="finalidade"
    )
    state = models.CharField(
        "situação", max_length=10, choices=SealRequestState.choices, default=SealRequestState.ASKED
    )
    asked_at = models.DateTimeField("pedido em", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="decidido por"
    )
    decided_at = models.DateTimeField("decidido em", null=True)
    note = models.CharField("motivo da decisão", max_length=300, blank=True)
    read_at = models.DateTimeField("resposta lida em", null=True)

    class Meta:
        verbose_name = "pedido de sigilo"
        verbose_name_plural = "pedidos de sigilo"
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="seal_request_of_user"),
            models.Index(fields=["asked_at"], name="seal_request_waiting", condition=models.Q(state="asked")),
        ]
