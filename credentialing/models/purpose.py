"""Why someone consults: declared before, kept on the server, limited in time."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentialing.activities import Activity
from credentialing.models.user import User
from senappen.lib import crypto


def _expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.PURPOSE_HOURS)


class Purpose(models.Model):
    """A declared purpose (*finalidade*): activity, case, justification, expiry. Never changed, only closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="purposes", verbose_name="usuário")
    activity = models.CharField("atividade", max_length=20, choices=Activity.choices)
    case_reference = models.CharField("procedimento ou operação", max_length=80)
    # People name persons in it: encrypted, as the audit seals it.
    token = models.BinaryField("justificativa cifrada")
    created_at = models.DateTimeField("declarada em", auto_now_add=True)
    expires_at = models.DateTimeField("válida até", default=_expiry)
    closed_at = models.DateTimeField("encerrada em", null=True, blank=True)

    class Meta:
        verbose_name = "finalidade"
        verbose_name_plural = "finalidades"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_activity_display()} · {self.case_reference}"

    @property
    def justification(self) -> str:
        """The sentence that says why. Raises `crypto.DecryptionError` for a damaged or misplaced token."""
        return crypto.decrypt(bytes(self.token), aad=self.place).decode()

    @justification.setter
    def justification(self, text: str) -> None:
        self.token = crypto.encrypt(text.encode(), aad=self.place)

    @property
    def place(self) -> str:
        """What the encryption is bound to."""
        return f"{self._meta.db_table}|{self.pk}|justification"

    @property
    def is_open(self) -> bool:
        """True while consultations may rely on it."""
        return self.closed_at is None and self.expires_at > timezone.now()
