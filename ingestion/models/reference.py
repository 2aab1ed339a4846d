"""What the nightly check of references found."""

from django.db import models


class ReferenceCheck(models.Model):
    """The last check of a column whose parents the database does not check (*conferência de referência*; ADR 12, 13).

    `missing` counts rows without their parent, at most `references.MOST`; none known where the check, begun at
    `begun_at`, did not come to its end.
    """

    reference = models.CharField("tabela e coluna", max_length=60, unique=True)
    parent = models.CharField("tabela a que se refere", max_length=60)
    missing = models.PositiveIntegerField("linhas sem a outra ponta", null=True)
    begun_at = models.DateTimeField("começada em")
    finished_at = models.DateTimeField("concluída em", null=True)

    class Meta:
        verbose_name = "conferência de referência"
        verbose_name_plural = "conferências de referências"
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference
