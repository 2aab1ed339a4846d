"""An agency that adhered to the platform (*órgão aderente*): the tenant of its people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from credentialing.activities import Activity, every


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Which agencies are open now."""

    def active(self) -> "AgencyQuerySet":
        """Agencies that are neither suspended nor past their term."""
        now = timezone.now()
        return self.filter(suspended_at=None).exclude(expires_at__lte=now)


class Agency(models.Model):
    """An adhering agency; a suspended or expired one lets nobody in (Portaria MJSP 218/2021, art. 11 §2 II)."""

    acronym = models.CharField("sigla", max_length=20, unique=True)
    name = models.CharField("nome", max_length=200)
    uf = models.CharField("UF", max_length=2, blank=True)
    headcount = models.PositiveIntegerField("efetivo", default=0)
    # What its term admits: nobody of the agency is credentialed for more, and narrowing it narrows everybody at once.
    activities = ArrayField(
        models.CharField(max_length=20, choices=Activity.choices), verbose_name="atividades do termo", default=every
    )
    expires_at = models.DateTimeField("adesão válida até", null=True, blank=True)
    suspended_at = models.DateTimeField("suspenso em", null=True, blank=True)
    suspension_reason = models.CharField("motivo da suspensão", max_length=500, blank=True)
    created_at = models.DateTimeField("criado em", auto_now_add=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "órgão"
        verbose_name_plural = "órgãos"
        ordering = ["acronym"]

    def __str__(self) -> str:
        return self.acronym

    @property
    def is_open(self) -> bool:
        """True when its people may enter now."""
        return self.suspended_at is None and (self.expires_at is None or self.expires_at > timezone.now())
