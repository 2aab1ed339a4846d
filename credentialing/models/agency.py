"""An agency that adhered to the platform (*órgão aderente*): the tenant of its people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from credentialing.activities import Activity, every
from senappen.lib import changes


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Which agencies are open now."""

    def active(self) -> "AgencyQuerySet":
        """Agencies that are neither suspended nor past their term."""
        now = timezone.now()
        return self.filter(suspended_at=None).exclude(expires_at__lte=now)

    def closed(self) -> "AgencyQuerySet":
        """The others: suspended, or past their term."""
        return self.filter(models.Q(suspended_at__isnull=False) | models.Q(expires_at__lte=timezone.now()))


@changes.kept()
class Agency(models.Model):
    """An adhering agency; a suspended or expired one lets nobody in (Portaria MJSP 218/2021, art. 11 §2 II).

    Born of an approved request of adhesion, suspended and prolonged by `credentialing.adhesion` alone.
    """

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
        return self.suspended_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        """True when its term is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def why_closed(self) -> str:
        """A sentence in pt-BR; empty while it is open. Says no reason: those are the coordination's."""
        if self.suspended_at is not None:
            return f"O órgão {self.acronym} está suspenso."
        return f"A adesão do órgão {self.acronym} venceu." if self.is_expired else ""


class AgencySuspension(models.Model):
    """One suspension (*suspensão do órgão*), from when to when, by whom and why."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="suspensions", verbose_name="órgão")
    begun_at = models.DateTimeField("desde")
    begun_by = models.CharField("suspenso por", max_length=80)
    reason = models.CharField("motivo", max_length=500)
    lifted_at = models.DateTimeField("até", null=True)
    lifted_by = models.CharField("levantada por", max_length=80, blank=True)
    lift_reason = models.CharField("motivo do levantamento", max_length=500, blank=True)

    class Meta:
        verbose_name = "suspensão do órgão"
        verbose_name_plural = "suspensões do órgão"
        ordering = ["agency", "-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(lifted_at=None), name="suspension_one_open_per_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.begun_at:%Y-%m-%d}"


class ExpiryWarning(models.Model):
    """That a term comes to its end (*aviso de vencimento*): written once for each term and distance, in days."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="warnings", verbose_name="órgão")
    expires_at = models.DateTimeField("vence em")
    days = models.PositiveSmallIntegerField("dias antes")
    written_at = models.DateTimeField("escrito em", auto_now_add=True)

    class Meta:
        verbose_name = "aviso de vencimento"
        verbose_name_plural = "avisos de vencimento"
        ordering = ["agency", "days"]
        constraints = [models.UniqueConstraint(fields=["agency", "expires_at", "days"], name="warning_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.days}"
