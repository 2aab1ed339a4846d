"""What a state's views look like, and how that changed."""

from django.db import models

from registry.models import Origin


class ViewSchema(models.Model):
    """Columns and types of a relation of a state as last seen (*esquema da visão*).

    `columns` is a list of [name, type]; the type is empty where the way to the state does not tell it. `view` is the
    contract's view that the mapping reads from it, empty for a relation that nothing reads.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    relation = models.CharField("relação no estado", max_length=200)
    view = models.CharField("visão", max_length=30, blank=True)
    columns = models.JSONField("colunas")
    first_noted_at = models.DateTimeField("vista primeiro em", auto_now_add=True)
    noted_at = models.DateTimeField("vista por último em")
    gone_at = models.DateTimeField("ausente desde", null=True)

    class Meta:
        verbose_name = "esquema da visão"
        verbose_name_plural = "esquemas das visões"
        ordering = ["origin", "relation"]
        constraints = [models.UniqueConstraint(fields=["origin", "relation"], name="view_schema_once")]

    def __str__(self) -> str:
        return self.relation


class SchemaChangeKind(models.TextChoices):
    """What changed."""

    VIEW_NEW = "view_new", "Visão nova"
    VIEW_GONE = "view_gone", "Visão ausente"
    VIEW_BACK = "view_back", "Visão de volta"
    COLUMN_NEW = "column_new", "Coluna nova"
    COLUMN_GONE = "column_gone", "Coluna ausente"
    COLUMN_TYPE = "column_type", "Tipo alterado"


class SchemaChange(models.Model):
    """A difference between two sights of a state's schema (*mudança de esquema*). Never changed."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    relation = models.CharField("relação no estado", max_length=200)
    view = models.CharField("visão", max_length=30, blank=True)
    kind = models.CharField("mudança", max_length=12, choices=SchemaChangeKind.choices)
    column = models.CharField("coluna", max_length=200, blank=True)
    before = models.CharField("antes", max_length=200, blank=True)
    after = models.CharField("depois", max_length=200, blank=True)
    noticed_at = models.DateTimeField("notada em", auto_now_add=True)

    class Meta:
        verbose_name = "mudança de esquema"
        verbose_name_plural = "mudanças de esquema"
        ordering = ["-id"]
        indexes = [models.Index(fields=["origin", "-noticed_at"], name="schema_change_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.relation}"
