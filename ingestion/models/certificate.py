"""Until when the certificates of each source serve."""

from django.db import models

from ingestion.models.source import Source


class CertificateKind(models.TextChoices):
    """Whose certificate it is."""

    SERVER = "server", "do servidor do estado"
    AUTHORITY = "authority", "da autoridade do estado"
    CLIENT = "client", "da SENAPPEN, apresentado ao estado"


class SourceCertificate(models.Model):
    """The certificate last seen in a connection of a source (*certificado da fonte*).

    One for each server's name, since an API may have its tokens from another; the others have no name. When an
    authority is a list, the first to expire counts.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="certificates", verbose_name="fonte")
    kind = models.CharField("de quem", max_length=10, choices=CertificateKind.choices)
    name = models.CharField("servidor", max_length=253, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    expires_at = models.DateTimeField("vence em")
    seen_at = models.DateTimeField("visto em")

    class Meta:
        verbose_name = "certificado da fonte"
        verbose_name_plural = "certificados das fontes"
        ordering = ["source", "expires_at"]
        constraints = [models.UniqueConstraint(fields=["source", "kind", "name"], name="source_certificate_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}".strip()
