"""How an agency comes to be one of the platform's: the request of adhesion, whom it indicates, each of its steps."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models

from credentialing.activities import Activity, every
from credentialing.models.agency import Agency
from credentialing.models.user import User
from credentialing.roles import LABELS, Role

# Whom an agency indicates (Portaria MJSP 218/2021, arts. 11–16), each with a substitute.
INDICATED = (Role.FOCAL_POINT, Role.CORREGEDOR)


class AdhesionState(models.TextChoices):
    """Where a request stands. Approval takes two people."""

    ASKED = "asked", "Aguarda validação"
    RETURNED = "returned", "Devolvido para correção"
    VALIDATED = "validated", "Validado, aguarda a primeira aprovação"
    FIRST_APPROVED = "first_approved", "Aguarda a segunda aprovação"
    APPROVED = "approved", "Aprovado"
    REFUSED = "refused", "Recusado"


# Those that somebody of the coordination still has to deal with.
OPEN = (AdhesionState.ASKED, AdhesionState.RETURNED, AdhesionState.VALIDATED, AdhesionState.FIRST_APPROVED)


class AdhesionRequest(models.Model):
    """A request of adhesion (*pedido de adesão*) as the agency's letter has it. Approved, it is a tenant's birth."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    acronym = models.CharField("sigla", max_length=20)
    name = models.CharField("nome do órgão", max_length=200)
    uf = models.CharField("UF", max_length=2, blank=True)
    headcount = models.PositiveIntegerField("efetivo", validators=[MinValueValidator(1)])
    legal_basis = models.CharField("fundamento legal", max_length=500)
    term = models.CharField("termo de adesão ou ACT", max_length=120)
    activities = ArrayField(
        models.CharField(max_length=20, choices=Activity.choices), verbose_name="atividades do termo", default=every
    )
    valid_until = models.DateField("adesão válida até")
    state = models.CharField(
        "situação", max_length=20, choices=AdhesionState.choices, default=AdhesionState.ASKED, editable=False
    )
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="registrado por", editable=False
    )
    asked_at = models.DateTimeField("registrado em", auto_now_add=True)
    first_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="primeira aprovação", null=True, editable=False
    )
    second_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="segunda aprovação", null=True, editable=False
    )
    agency = models.OneToOneField(
        Agency, on_delete=models.PROTECT, related_name="adhesion", verbose_name="órgão", null=True, editable=False
    )

    class Meta:
        verbose_name = "pedido de adesão"
        verbose_name_plural = "pedidos de adesão"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["acronym"],
                condition=~models.Q(state=AdhesionState.REFUSED),
                name="adhesion_one_per_acronym",
                violation_error_message="Já há um pedido de adesão com esta sigla.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AdhesionState.APPROVED)
                | models.Q(first_by__isnull=False, second_by__isnull=False, agency__isnull=False),
                name="adhesion_approved_by_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(second_by=models.F("first_by")), name="adhesion_second_is_another"
            ),
        ]

    def __str__(self) -> str:
        return self.acronym

    @property
    def is_open(self) -> bool:
        """True while somebody of the coordination has to deal with it."""
        return self.state in OPEN


class Indication(models.Model):
    """One person whom the request indicates (*indicado*); after the approval, the account made for them."""

    request = models.ForeignKey(AdhesionRequest, on_delete=models.CASCADE, related_name="indications")
    role = models.CharField("perfil", max_length=20, choices=[(role.value, LABELS[role]) for role in INDICATED])
    is_substitute = models.BooleanField("substituto")
    full_name = models.CharField("nome completo", max_length=200)
    email = models.EmailField("e-mail funcional")
    registration = models.CharField("matrícula funcional", max_length=30)
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="indication", verbose_name="conta", null=True, editable=False
    )

    class Meta:
        verbose_name = "indicado"
        verbose_name_plural = "indicados"
        ordering = ["request", "-role", "is_substitute"]
        constraints = [
            models.UniqueConstraint(fields=["request", "role", "is_substitute"], name="indication_one_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.request.acronym}"

    @property
    def place(self) -> str:
        """What the person is to be, in words."""
        return f"{LABELS[Role(self.role)]}{' substituto' if self.is_substitute else ''}"


class AdhesionStep(models.Model):
    """One step of a request (*andamento*): who took it to which state, when, and why. Never changed."""

    request = models.ForeignKey(AdhesionRequest, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField("quando", auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="por")
    state = models.CharField("situação", max_length=20, choices=AdhesionState.choices)
    note = models.CharField("motivo", max_length=500, blank=True)

    class Meta:
        verbose_name = "andamento da adesão"
        verbose_name_plural = "andamentos da adesão"
        ordering = ["request", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"
