"""Words of a user that may name somebody: kept encrypted, bound to their row."""

import uuid
from typing import Any

import orjson
from django.db import models

from senappen.lib import crypto


class Told(models.Model):
    """A row with an opaque id and words that only the application reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.BinaryField("conteúdo cifrado")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def told(self) -> dict[str, Any]:
        """The words. Raises `crypto.DecryptionError` for a damaged or misplaced token."""
        told: dict[str, Any] = orjson.loads(crypto.decrypt(bytes(self.token), aad=self.place))
        return told

    @told.setter
    def told(self, told: dict[str, Any]) -> None:
        self.token = crypto.encrypt(orjson.dumps(told), aad=self.place)

    @property
    def place(self) -> str:
        """What the encryption is bound to."""
        return f"{self._meta.db_table}|{self.pk}|told"
