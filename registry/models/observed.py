"""What every row received from a state carries: where it came from, when, and whether the state still has it."""

from django.db import models
from django.db.models.functions import Now

from registry.models.origin import Origin


class Observed(models.Model):
    """A fact as one state tells it. Never overwritten by another state's; a removed one is kept and dated.

    References of facts are not checked by the database: rows are written by `registry.services.intake` alone, in sets
    that join every parent, and no parent is ever deleted; checking each reference of each row took a third of a first
    load. An origin needs no index of its own, since every table's key begins with it.

    `load` is the id of the load that last changed the row: a number, since loads belong to an app above this one.
    """

    origin = models.ForeignKey(
        Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem", db_constraint=False, db_index=False
    )
    origin_key = models.CharField("id na origem", max_length=40)
    origin_updated_at = models.DateTimeField("atualizado na origem em")
    load = models.BigIntegerField("carga")
    received_at = models.DateTimeField("recebido em", db_default=Now())
    removed_at = models.DateTimeField("excluído na origem em", null=True)

    class Meta:
        abstract = True
