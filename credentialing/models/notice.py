"""What the administração geral tells everybody on the first page."""

from django.db import models
from django.utils import timezone

from credentialing.models.user import User


class SystemNoticeQuerySet(models.QuerySet["SystemNotice"]):
    """Which notices are shown."""

    def shown(self) -> "SystemNoticeQuerySet":
        """Those of this moment, the newest first."""
        now = timezone.now()
        return self.filter(since__lte=now, until__gt=now, withdrawn_at=None).order_by("-since")


class SystemNotice(models.Model):
    """A notice (*aviso do sistema*) shown to everybody from one moment to another, or until it is withdrawn."""

    title = models.CharField("título", max_length=80)
    text = models.CharField("texto", max_length=500)
    since = models.DateTimeField("de")
    until = models.DateTimeField("até")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="publicado por")
    made_at = models.DateTimeField("publicado em", auto_now_add=True)
    withdrawn_at = models.DateTimeField("retirado em", null=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="retirado por", null=True
    )

    objects = SystemNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso do sistema"
        verbose_name_plural = "avisos do sistema"
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="notice_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title
