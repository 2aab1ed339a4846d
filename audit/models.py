"""The table of events. Appended by a database function, partitioned by month, changed by nobody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from audit.events import CHANNEL_LABELS, LABELS, Channel, Kind


class AccessEvent(models.Model):
    """One recorded event (*evento de auditoria*). Holds text, no foreign keys."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("quando")
    kind = models.CharField("evento", max_length=30, choices=[(k.value, LABELS[k]) for k in Kind])
    action = models.CharField("ação", max_length=60)
    actor_id = models.BigIntegerField("conta", null=True)
    actor = models.CharField("usuário", max_length=80)
    role = models.CharField("perfil", max_length=20)
    agency = models.CharField("órgão", max_length=20)
    channel = models.CharField("canal", max_length=10, choices=[(c.value, CHANNEL_LABELS[c]) for c in Channel])
    address = models.GenericIPAddressField("endereço", null=True)
    session = models.CharField("sessão", max_length=64)
    request = models.UUIDField("requisição")
    purpose = models.UUIDField("finalidade", null=True)
    purpose_text = models.CharField("finalidade declarada", max_length=700)
    intent = models.BigIntegerField("pedido", null=True)
    receipt = models.UUIDField("recibo", null=True)
    subjects = ArrayField(models.UUIDField(), verbose_name="pessoas mostradas")
    detail = models.JSONField("detalhe")

    class Meta:
        verbose_name = "evento de auditoria"
        verbose_name_plural = "eventos de auditoria"
        ordering = ["-at", "-id"]
        # The closed permissions of `credentialing.roles`; Django's own add/change/delete do not exist here.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"
