"""What was done about a case, and by whom; nothing of it is changed afterwards."""

import uuid
from typing import Final

import orjson
from django.db import models

from credentialing.models import User
from oversight.models.alert import Alert
from senappen.lib import crypto


class StepKind(models.TextChoices):
    """What somebody did. The value is the action of the audit's event."""

    ASK = "ask", "Pediu explicação"
    EXPLAIN = "explain", "Explicou"
    CONFIRM = "confirm", "Confirmou a explicação"
    CONTEST = "contest", "Não confirmou a explicação"
    JUSTIFIED = "justified", "Decidiu: justificado"
    INCONCLUSIVE = "inconclusive", "Decidiu: inconclusivo"
    MISUSE = "misuse", "Decidiu: uso indevido"
    BLOCK = "block", "Bloqueou a conta"
    UNBLOCK = "unblock", "Liberou a conta"
    REFER = "refer", "Encaminhou"
    REOPEN = "reopen", "Reabriu"


class Step(models.Model):
    """One step of a case (*andamento*), oldest first. Its words may name somebody: they are kept encrypted. No user
    where a task took it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="steps", verbose_name="alerta")
    kind = models.CharField("andamento", max_length=12, choices=StepKind.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="por")
    at = models.DateTimeField("em", auto_now_add=True)
    token = models.BinaryField("conteúdo cifrado")

    class Meta:
        verbose_name = "andamento de alerta"
        verbose_name_plural = "andamentos de alertas"
        ordering = ["at"]

    def __str__(self) -> str:
        return self.kind

    @property
    def words(self) -> str:
        """What was written. Raises `crypto.DecryptionError` for a damaged or misplaced token."""
        told: str = orjson.loads(crypto.decrypt(bytes(self.token), aad=self.place))
        return told

    @words.setter
    def words(self, words: str) -> None:
        self.token = crypto.encrypt(orjson.dumps(words), aad=self.place)

    @property
    def place(self) -> str:
        """What the encryption is bound to."""
        return f"oversight_step|{self.id}|words"


VERDICTS: Final = frozenset({StepKind.JUSTIFIED, StepKind.INCONCLUSIVE, StepKind.MISUSE})
