"""A passkey that seems to exist twice."""

from django.db import models
from django.utils import timezone

from credentialing.models.user import User


class CopiedKey(models.Model):
    """That an account's passkey was refused because its count of uses went back (*chave de acesso copiada*).

    Once an account and day: the corregedor is told of the key, the audit of each attempt.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="copied_keys", verbose_name="usuário")
    seen_on = models.DateField("vista em", default=timezone.localdate)

    class Meta:
        verbose_name = "chave de acesso copiada"
        verbose_name_plural = "chaves de acesso copiadas"
        ordering = ["-seen_on", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "seen_on"], name="copied_key_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_on:%Y-%m-%d}"
