"""Where and when a person's one session was opened, and how it ended."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentialing.models.user import User


class UserSessionQuerySet(models.QuerySet["UserSession"]):
    """Opening and ending sessions."""

    def open_of(self, user: User) -> "UserSessionQuerySet":
        """The person's open session, if there is one."""
        return self.filter(user=user, ended_at=None)

    def end(self, reason: str) -> int:
        """End those that are open; how many were."""
        return self.filter(ended_at=None).update(ended_at=timezone.now(), ending=reason)


class UserSession(models.Model):
    """An opened session (*sessão*): one per person. Its id is kept in the browser's session, never in an address.

    `proven_at` is when the second factor was last proven: what is sensitive asks that it be recent (`is_elevated`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sessions", verbose_name="usuário")
    device = models.CharField("aparelho", max_length=120, blank=True)
    address = models.GenericIPAddressField("endereço", null=True)
    opened_at = models.DateTimeField("aberta em", default=timezone.now)
    proven_at = models.DateTimeField("segundo fator em", default=timezone.now)
    ended_at = models.DateTimeField("encerrada em", null=True)
    ending = models.CharField("encerramento", max_length=20, blank=True)

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sessão"
        verbose_name_plural = "sessões"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at=None), name="session_one_open_per_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def elevated_until(self) -> datetime:
        """Until when the second factor counts as just proven."""
        return self.proven_at + timedelta(seconds=settings.STEP_UP_SECONDS)

    @property
    def is_elevated(self) -> bool:
        """True within `STEP_UP_SECONDS` of proving the second factor."""
        return self.ended_at is None and timezone.now() < self.elevated_until
