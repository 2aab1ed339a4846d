"""Files that left the platform."""

from django.db import models
from django.db.models.functions import Now


class IssuedFile(models.Model):
    """Where the audit tells of a file (*documento emitido*): its SHA-256 and the event that disclosed it.

    An index, not the proof: the event itself, which nobody can change, says the same digest.
    """

    id = models.BigAutoField(primary_key=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    event = models.BigIntegerField("evento")
    issued_at = models.DateTimeField("emitido em", db_default=Now())

    class Meta:
        verbose_name = "documento emitido"
        verbose_name_plural = "documentos emitidos"
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return self.sha256
