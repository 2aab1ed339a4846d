"""What is known of a source's secrets besides their values."""

from django.db import models

from ingestion.models.source import Source


class SecretNote(models.Model):
    """When and by whom a secret of a source was last put in place (*segredo guardado*). The value is in the source."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", verbose_name="fonte")
    name = models.CharField("nome", max_length=40)
    changed_at = models.DateTimeField("trocado em", auto_now=True)
    changed_by = models.CharField("trocado por", max_length=150)

    class Meta:
        verbose_name = "segredo guardado"
        verbose_name_plural = "segredos guardados"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="secret_note_once")]

    def __str__(self) -> str:
        return self.name
