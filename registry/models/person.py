"""The national identity that a set of records is judged to share."""

import uuid

from django.db import models
from django.db.models.functions import Now


class Person(models.Model):
    """A human being, as far as the platform knows.

    Each record is born with a person of its own (`Record.home`). While judgements hold records together, they
    all belong to the home of the oldest among them (`Record.person`): ids never change, a merged person's id
    leads to the one its home record belongs to, and undoing a merge needs nothing that was destroyed.
    """

    public_id = models.UUIDField("identificador", default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField("criada em", db_default=Now())

    class Meta:
        verbose_name = "pessoa"
        verbose_name_plural = "pessoas"

    def __str__(self) -> str:
        return str(self.public_id)
