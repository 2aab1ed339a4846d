"""Seals on records: who may see a person that a court, or a risk to life, takes out of everybody's sight."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from registry.models.person import Person
from registry.models.record import Record
from senappen.lib import changes


class SealLevel(models.TextChoices):
    """Whom a seal admits. Named persons are admitted at either level, each by a grant that two people gave."""

    AGENCY = "agency", "Restrito ao órgão"
    NAMED = "named", "Nominal"


class SealBasis(models.TextChoices):
    """The law a seal rests on; the decision itself is in `ordered_by`."""

    WITNESS = "witness", "Proteção a vítima ou testemunha (Lei 9.807/1999)"
    COLLABORATOR = "collaborator", "Colaboração premiada (Lei 12.850/2013, art. 5º)"
    COURT_SECRECY = "court_secrecy", "Segredo de justiça (Constituição, art. 5º, LX)"
    THREAT = "threat", "Preso com a integridade ameaçada (LEP, art. 84, § 4º)"
    OTHER = "other", "Outro, dito na decisão"


class SealQuerySet(models.QuerySet["Seal"]):
    """Which seals count."""

    def standing(self) -> "SealQuerySet":
        """Seals that nobody lifted and whose term has not ended."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=Now()), lifted_at=None)

    def over(self) -> "SealQuerySet":
        """Seals that were lifted or whose term has ended."""
        return self.filter(models.Q(until__lte=Now()) | ~models.Q(lifted_at=None))


@changes.kept()
class Seal(models.Model):
    """An order that hides records (*sigilo*). Never changed nor deleted: it is lifted by two people, or its term ends.

    `agency` and the people are named as the audit names them: the registry meets no account. While it stands, whoever
    it does not admit finds nothing of the persons its records belong to, whatever other records they have.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField("nível", max_length=10, choices=SealLevel.choices)
    agency = models.CharField("órgão", max_length=30)
    reason = models.CharField("motivo", max_length=500)
    basis = models.CharField("fundamento", max_length=20, choices=SealBasis.choices, db_default=SealBasis.OTHER)
    ordered_by = models.CharField("determinado por", max_length=200)  # the authority and its decision
    records = models.ManyToManyField(Record, through="SealedRecord", related_name="seals")
    since = models.DateTimeField("desde", db_default=Now())
    until = models.DateTimeField("até", null=True)
    sealed_by = models.CharField("registrado por", max_length=80)
    lift_asked_at = models.DateTimeField("levantamento proposto em", null=True)
    lift_asked_by = models.CharField("levantamento proposto por", max_length=80, blank=True, db_default="")
    lifted_at = models.DateTimeField("levantado em", null=True)
    lifted_by = models.CharField("levantado por", max_length=80, blank=True, db_default="")
    lifted_reason = models.CharField("motivo do levantamento", max_length=500, blank=True, db_default="")

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = "sigilo"
        verbose_name_plural = "sigilos"
        indexes = [models.Index(fields=["agency"], name="seal_agency", condition=models.Q(lifted_at=None))]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=SealLevel.values), name="seal_level_is_known"),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None) | ~models.Q(lifted_by=models.F("lift_asked_by")),
                name="seal_lift_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_standing(self) -> bool:
        """True while it hides."""
        return self.lifted_at is None and (self.until is None or self.until > timezone.now())


class SealedRecord(models.Model):
    """A record that a seal names: those the person had when it was ordered. Undoing a merge frees the others."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+", verbose_name="sigilo")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", verbose_name="registro")

    class Meta:
        verbose_name = "registro sigiloso"
        verbose_name_plural = "registros sigilosos"
        constraints = [models.UniqueConstraint(fields=["seal", "record"], name="sealed_record_once")]


class SealedPerson(models.Model):
    """A person with a record under a standing seal; derived (`services.seals`). What every selector looks at."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )

    class Meta:
        verbose_name = "pessoa sob sigilo"
        verbose_name_plural = "pessoas sob sigilo"


class SealGrantQuerySet(models.QuerySet["SealGrant"]):
    """Which grants count."""

    def standing(self) -> "SealGrantQuerySet":
        """Those nobody revoked and whose term has not ended, confirmed or proposed."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=Now()), revoked_at=None)


@changes.kept()
class SealGrant(models.Model):
    """Leave for one account to see what a seal hides (*autorização nominal*). Counts once a second person confirmed."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="grants", verbose_name="sigilo")
    username = models.CharField("usuário", max_length=60)
    reason = models.CharField("motivo", max_length=500)
    until = models.DateTimeField("até", null=True)
    given_by = models.CharField("proposta por", max_length=80)
    given_at = models.DateTimeField("proposta em", db_default=Now())
    confirmed_by = models.CharField("confirmada por", max_length=80, blank=True, db_default="")
    confirmed_at = models.DateTimeField("confirmada em", null=True)
    revoked_by = models.CharField("revogada por", max_length=80, blank=True, db_default="")
    revoked_at = models.DateTimeField("revogada em", null=True)

    objects = SealGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "autorização nominal"
        verbose_name_plural = "autorizações nominais"
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "username"], condition=models.Q(revoked_at=None), name="seal_granted_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | ~models.Q(confirmed_by=models.F("given_by")),
                name="seal_grant_takes_two",
            ),
        ]
        indexes = [models.Index(fields=["username"], name="seal_grant_of", condition=models.Q(revoked_at=None))]
