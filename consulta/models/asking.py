"""What is asked: the criteria of a search, out of every address and log."""

import uuid
from typing import Any

import orjson
from django.conf import settings
from django.db import models

from consulta.models.told import Told
from credentialing.models import Purpose
from registry.selectors.search import Criteria, from_json, to_json
from senappen.lib import crypto


class SearchQuery(models.Model):
    """A search that somebody asked for (*busca*), opened by its id. Its criteria are kept encrypted.

    Only its owner opens it, and only while the purpose it was asked under is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="+", verbose_name="finalidade")
    token = models.BinaryField("critérios cifrados")
    # Persons found when it was last opened without filters; empty until then.
    found = models.PositiveIntegerField("pessoas encontradas", null=True)
    created_at = models.DateTimeField("feita em", auto_now_add=True)

    class Meta:
        verbose_name = "busca"
        verbose_name_plural = "buscas"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["purpose", "-created_at"], name="search_query_recent")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def criteria(self) -> Criteria:
        """What was asked. Raises `crypto.DecryptionError` for a damaged or misplaced token."""
        told: dict[str, Any] = orjson.loads(crypto.decrypt(bytes(self.token), aad=self.place))
        return from_json(told)

    @criteria.setter
    def criteria(self, criteria: Criteria) -> None:
        self.token = crypto.encrypt(orjson.dumps(to_json(criteria)), aad=self.place)

    @property
    def place(self) -> str:
        """What the criteria's encryption is bound to."""
        return f"consulta_searchquery|{self.id}|criteria"


class InquiryKind(models.TextChoices):
    """What an inquiry opens."""

    LAWYERS = "lawyers", "Lista de advogados"
    MISSING = "missing", "Pessoa desaparecida"
    BATCH = "batch", "Consulta em lote"


class Inquiry(Told):
    """What else is asked with words that may stand in no address (*consulta guardada*), opened by its id: the reason
    for listing lawyers, the description of somebody missing, a list of people. Kept encrypted; only its owner opens
    it, and only while the purpose it was asked under is open.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="usuário"
    )
    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="+", verbose_name="finalidade")
    kind = models.CharField("tipo", max_length=10, choices=InquiryKind.choices)
    created_at = models.DateTimeField("feita em", auto_now_add=True)

    class Meta:
        verbose_name = "consulta guardada"
        verbose_name_plural = "consultas guardadas"
        ordering = ["-created_at"]

    @property
    def place(self) -> str:
        """What the encryption is bound to."""
        return f"consulta_inquiry|{self.id}|{self.kind}"
