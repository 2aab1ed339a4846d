"""The versions of a state's mapping file."""

from django.conf import settings
from django.db import models

from registry.models import Origin


class MappingVersion(models.Model):
    """One version of an origin's mapping (*versão do mapeamento*). Never changed: raw rows are read through it.

    It belongs to the origin, because a state that changes its rule keeps its columns and codes.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    number = models.PositiveIntegerField("versão")
    text = models.TextField("arquivo YAML")
    sha256 = models.CharField("SHA-256", max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="criada por"
    )
    created_at = models.DateTimeField("criada em", auto_now_add=True)

    class Meta:
        verbose_name = "versão do mapeamento"
        verbose_name_plural = "versões do mapeamento"
        ordering = ["origin", "-number"]
        constraints = [models.UniqueConstraint(fields=["origin", "number"], name="mapping_version_number")]

    def __str__(self) -> str:
        return f"{self.origin.code} v{self.number}"
