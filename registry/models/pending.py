"""What still has to be done after rows arrived: kept in tables, so that a crash between the stages loses nothing."""

from django.db import models
from django.db.models.functions import Now

from registry.models.origin import Origin
from registry.models.person import Person
from registry.models.record import Record


class PendingRecord(models.Model):
    """A record that a load touched and `resolution.settle` has not judged yet."""

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    since = models.DateTimeField("desde", db_default=Now())

    class Meta:
        verbose_name = "registro a julgar"
        verbose_name_plural = "registros a julgar"


class PendingPerson(models.Model):
    """A person whose search document `search_documents.refresh` has not rebuilt yet."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    since = models.DateTimeField("desde", db_default=Now())

    class Meta:
        verbose_name = "pessoa a reindexar"
        verbose_name_plural = "pessoas a reindexar"


class PendingCheck(models.Model):
    """A record, or an origin whose units, that `findings.check` has still to look at.

    Rows are only added, a record may wait twice: a load that touches a record never waits for a check of it.
    """

    record = models.ForeignKey(
        Record, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    origin = models.ForeignKey(
        Origin, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = "verificação pendente"
        verbose_name_plural = "verificações pendentes"
