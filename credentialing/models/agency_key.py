"""The certificates by which an agency's systems are known to the API."""

from django.db import models
from django.utils import timezone

from credentialing.models.agency import Agency
from senappen.lib import changes


@changes.kept()
class AgencyKey(models.Model):
    """A client certificate of an agency's system (*chave do órgão*). By itself it opens nothing: a person's token comes
    with it. Never deleted: it is frozen, and opened again with a reason, or revoked for good, or expires.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="keys", verbose_name="órgão")
    system = models.CharField("sistema", max_length=80)
    # SHA-256 of the certificate's DER bytes, 64 hexadecimal digits: what the reverse proxy says of who connected.
    fingerprint = models.CharField("impressão digital (SHA-256)", max_length=64, unique=True)
    expires_at = models.DateTimeField("válida até")
    created_at = models.DateTimeField("cadastrada em", default=timezone.now, editable=False)
    frozen_at = models.DateTimeField("congelada em", null=True, editable=False)
    frozen_because = models.CharField("motivo do congelamento", max_length=500, blank=True, editable=False)
    revoked_at = models.DateTimeField("revogada em", null=True, editable=False)

    class Meta:
        verbose_name = "chave do órgão"
        verbose_name_plural = "chaves dos órgãos"
        ordering = ["agency", "system"]

    def __str__(self) -> str:
        return f"{self.agency} · {self.system}"

    @property
    def is_standing(self) -> bool:
        """True while it counts."""
        return self.frozen_at is None and self.revoked_at is None and self.expires_at > timezone.now()
