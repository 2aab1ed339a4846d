"""The one-time link by which a person takes over an account that was approved for them."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from credentialing.models.user import User

MOST_FAILURES = 5


def _expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.FIRST_ACCESS_HOURS)


class FirstAccess(models.Model):
    """A link (*primeiro acesso*): its id goes to the functional e-mail, its code to whoever approved, to hand over.

    Neither alone opens the account: not the mailbox, and not the manager. The code is kept as a password is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="first_accesses", verbose_name="usuário")
    code = models.CharField(max_length=128, editable=False)
    made_at = models.DateTimeField("emitido em", default=timezone.now)
    expires_at = models.DateTimeField("vale até", default=_expiry)
    failures = models.PositiveSmallIntegerField("códigos errados", default=0)
    mailed = models.BooleanField("enviado por e-mail", default=False)
    used_at = models.DateTimeField("usado em", null=True)
    # A newer one takes its place.
    ended_at = models.DateTimeField("encerrado em", null=True)

    class Meta:
        verbose_name = "primeiro acesso"
        verbose_name_plural = "primeiros acessos"
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(used_at=None, ended_at=None), name="first_access_one_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def is_open(self) -> bool:
        """True while its code may still be typed."""
        unused = self.used_at is None and self.ended_at is None
        return unused and self.failures < MOST_FAILURES and self.expires_at > timezone.now()
