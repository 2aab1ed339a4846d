"""How a person comes to have an account: the access request, its conduct check, and each of its steps."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from credentialing.activities import Activity
from credentialing.models.agency import Agency
from credentialing.models.user import User
from credentialing.roles import LABELS, Role
from senappen.lib import cpf, crypto


class RequestState(models.TextChoices):
    """Where a request stands. The silence of the conduct check keeps it where it is."""

    CHECKING = "checking", "Aguarda verificação de conduta"
    WAITING = "waiting", "Aguarda decisão"
    APPROVED = "approved", "Aprovada"
    REFUSED = "refused", "Recusada"
    WITHDRAWN = "withdrawn", "Retirada"


OPEN = (RequestState.CHECKING, RequestState.WAITING)


class Conduct(models.TextChoices):
    """What the conduct check answered last."""

    PENDING = "pending", "Ainda não consultada"
    UNAVAILABLE = "unavailable", "Serviço indisponível: será consultado de novo"
    CLEAR = "clear", "Nada consta"
    NOTES = "notes", "Há apontamentos"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What of a request only the application reads: the CPF, eleven digits, and the notes of the conduct check."""

    cpf: str
    notes: tuple[str, ...] = ()


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Which requests wait for what."""

    def to_check(self, now: datetime) -> "AccessRequestQuerySet":
        """Those whose conduct is to be asked (again) now, whoever has waited longest first."""
        return self.filter(state=RequestState.CHECKING, next_check_at__lte=now).order_by("next_check_at")


class AccessRequest(models.Model):
    """A request (*solicitação de acesso*, Portaria MJSP 218/2021, arts. 23–27) for one person and one profile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests", verbose_name="órgão")
    full_name = models.CharField("nome completo", max_length=200)
    email = models.EmailField("e-mail funcional")
    registration = models.CharField("matrícula funcional", max_length=30)
    role = models.CharField("perfil", max_length=20, choices=[(role.value, LABELS[role]) for role in Role])
    activities = ArrayField(
        models.CharField(max_length=20, choices=Activity.choices), verbose_name="atividades finalísticas"
    )
    # One person has one open request and one account: told apart by a keyed digest, nothing is decrypted to compare.
    cpf_digest = models.CharField(max_length=64, editable=False)
    unit = models.CharField("unidade de lotação", max_length=200, blank=True)
    address_digest = models.CharField(max_length=64, blank=True, editable=False)
    token = models.BinaryField("conteúdo cifrado")
    state = models.CharField("situação", max_length=10, choices=RequestState.choices, default=RequestState.CHECKING)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="solicitado por")
    asked_at = models.DateTimeField("solicitado em", default=timezone.now)
    conduct = models.CharField("conduta", max_length=12, choices=Conduct.choices, default=Conduct.PENDING)
    conduct_reference = models.CharField("protocolo da verificação", max_length=80, blank=True)
    checked_at = models.DateTimeField("verificado em", null=True)
    checks = models.PositiveIntegerField("tentativas", default=0)
    next_check_at = models.DateTimeField("próxima tentativa", default=timezone.now)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="decidido por"
    )
    decided_at = models.DateTimeField("decidido em", null=True)
    note = models.CharField("motivo da decisão", max_length=500, blank=True)
    account = models.OneToOneField(
        User, null=True, on_delete=models.PROTECT, related_name="request", verbose_name="conta"
    )

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitação de acesso"
        verbose_name_plural = "solicitações de acesso"
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["agency", "-asked_at"], name="request_of_agency"),
            models.Index(
                fields=["next_check_at"], name="request_to_check", condition=models.Q(state=RequestState.CHECKING)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cpf_digest"], condition=models.Q(state__in=OPEN), name="request_one_open_per_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RequestState.APPROVED)
                | models.Q(account__isnull=False, decided_by__isnull=False, conduct__in=[Conduct.CLEAR, Conduct.NOTES]),
                name="request_approved_after_the_check",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[RequestState.APPROVED, RequestState.REFUSED])
                | (models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("asked_by"))),
                name="request_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """True while it waits for the check or for a decision."""
        return self.state in OPEN

    @property
    def role_label(self) -> str:
        """The profile in the users' words."""
        return LABELS[Role(self.role)]

    @property
    def told(self) -> Told:
        """What is kept encrypted. Raises `crypto.DecryptionError` for a damaged or misplaced token."""
        kept: dict[str, Any] = orjson.loads(crypto.decrypt(bytes(self.token), aad=self.place))
        return Told(cpf=kept["cpf"], notes=tuple(kept["notes"]))

    @told.setter
    def told(self, told: Told) -> None:
        plain = orjson.dumps({"cpf": told.cpf, "notes": told.notes})
        self.token = crypto.encrypt(plain, aad=self.place)

    @property
    def place(self) -> str:
        """What the encryption is bound to."""
        return f"{self._meta.db_table}|{self.pk}|told"

    @property
    def masked_cpf(self) -> str:
        """`048.•••.•••-17`."""
        return cpf.mask(self.told.cpf)


class AccessStep(models.Model):
    """One step of a request (*andamento*): what, when, by whom (nobody: the platform itself). Never changed."""

    class What(models.TextChoices):
        """The steps."""

        ASKED = "asked", "Solicitada"
        CLEAR = "clear", "Conduta verificada: nada consta"
        NOTES = "notes", "Conduta verificada: há apontamentos"
        UNAVAILABLE = "unavailable", "Verificação de conduta sem resposta"
        APPROVED = "approved", "Aprovada"
        REFUSED = "refused", "Recusada"
        WITHDRAWN = "withdrawn", "Retirada"

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField("quando", default=timezone.now)
    what = models.CharField("passo", max_length=12, choices=What.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="por")
    note = models.CharField("observação", max_length=500, blank=True)

    class Meta:
        verbose_name = "andamento da solicitação"
        verbose_name_plural = "andamentos da solicitação"
        ordering = ["request", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.what}"
