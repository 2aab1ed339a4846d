"""The person who uses the platform. One account, one profile, one agency."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_module_perms, _user_has_perm  # type: ignore[attr-defined]
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from credentialing.activities import Activity
from credentialing.models.agency import Agency
from credentialing.roles import LABELS, Role
from senappen.lib import changes


class UserManager(BaseUserManager["User"]):
    """Makes accounts; never a superuser, since no account is above the roles."""

    def create_user(self, username: str, password: str | None, **fields: Any) -> "User":
        """Create an account with a hashed password, or with none: nobody enters yet. The caller records who made it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def with_bounds(self) -> "models.QuerySet[User]":
        """With what every request asks: the agency, and those who delegated (a gestor, and their ponto focal)."""
        return self.select_related("agency", "granted_by__granted_by")

    def open_in(self, agency: int, *roles: Role) -> "models.QuerySet[User]":
        """The open accounts of an agency that have one of these roles."""
        return self.filter(agency=agency, role__in=roles, is_active=True)

    def at_the_door(self, username: str | None) -> "User | None":
        """The account of this name, with all that a login asks of it, by one query: the same that nobody's name takes.

        Read later, its agency and its designation would take queries more, and the time would tell that it exists.
        """
        from credentialing.models.designation import Designation  # which refers to accounts itself

        in_force = Designation.objects.in_force().filter(user=models.OuterRef("pk"))
        named = self.select_related("agency").filter(username__iexact=username)
        found = named.annotate(designated=models.Exists(in_force)).first()
        if found is not None:
            found.__dict__["acts_now"] = found.designated or not found.is_substitute
        return found

    def get_by_natural_key(self, username: str | None) -> "User":
        found = self.at_the_door(username)
        if found is None:
            raise self.model.DoesNotExist
        return found


class Ending(models.TextChoices):
    """Why an account was closed. Those of `REOPENABLE` may be opened again by whoever answers for the person."""

    LEAVER = "leaver", "Desligamento ou mudança de órgão"
    IDLE = "idle", "90 dias sem uso"
    NOT_ATTESTED = "not_attested", "Sem prova de vida"
    PREVENTIVE = "preventive", "Bloqueio preventivo"


REOPENABLE = (Ending.IDLE, Ending.NOT_ATTESTED, Ending.PREVENTIVE)


@changes.kept(without=("last_login",), told_of=("password", "cpf_digest", "address_digest"))
class User(AbstractBaseUser):
    """An account. What it may do follows from `role` (`credentialing.roles`) and `activities`: see `policy`."""

    username = models.CharField("usuário", max_length=60, unique=True)
    full_name = models.CharField("nome completo", max_length=200)
    email = models.EmailField("e-mail funcional", blank=True)
    registration = models.CharField("matrícula funcional", max_length=30, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users", verbose_name="órgão")
    role = models.CharField("perfil", max_length=20, choices=[(role.value, LABELS[role]) for role in Role])
    # What a manager holds is what they may hand on; they consult nobody themselves.
    activities = ArrayField(
        models.CharField(max_length=20, choices=Activity.choices),
        verbose_name="atividades finalísticas",
        default=list,
        blank=True,
    )
    # The manager whose own activities bound these, when given and ever after; none for those the central body approved.
    granted_by = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="+", verbose_name="delegado por"
    )
    is_active = models.BooleanField("ativo", default=True)
    # While it is set nobody enters with the account; `AccountFreeze` says why (`credentialing.services.freezing`).
    frozen_at = models.DateTimeField("congelada em", null=True, editable=False)
    # Acts only while a designation is in force (`credentialing.models.designation`).
    is_substitute = models.BooleanField("substituto", default=False, editable=False)
    created_at = models.DateTimeField("criado em", auto_now_add=True)
    # Of the CPF, keyed: one person, one open account. Empty for accounts made without one.
    cpf_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Where the person works, as the registry names the unit, and a keyed digest of where they live: both optional, for
    # the review of use alone (`oversight`).
    unit = models.CharField("unidade de lotação", max_length=200, blank=True)
    address_digest = models.CharField(max_length=64, blank=True, editable=False)
    # When it was opened last: idle days are counted from here, or from the last entry.
    enabled_at = models.DateTimeField("aberto em", default=timezone.now, editable=False)
    idle_warned_at = models.DateTimeField("avisado da inatividade em", null=True, editable=False)
    attested_at = models.DateTimeField("atestado em", default=timezone.now, editable=False)
    attested_by = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="+", verbose_name="atestado por"
    )
    ended_at = models.DateTimeField("encerrado em", null=True, editable=False)
    ending = models.CharField("encerramento", max_length=12, choices=Ending.choices, blank=True, editable=False)
    ending_note = models.CharField("motivo do encerramento", max_length=500, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "usuário"
        verbose_name_plural = "usuários"
        ordering = ["username"]
        indexes = [models.Index(fields=["agency", "is_active", "role"], name="user_of_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["cpf_digest"],
                condition=models.Q(is_active=True) & ~models.Q(cpf_digest=""),
                name="user_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="user_role_is_known"
            ),
            # Names are typed in any case at the login.
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_differs_by_more_than_case",
                violation_error_message="Já existe um usuário com este nome.",
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    @property
    def role_label(self) -> str:
        """The profile in the users' words."""
        return LABELS[Role(self.role)]

    @cached_property
    def acts_now(self) -> bool:
        """True for everybody but a substitute whom nobody designated for today. Read once, as the fields are."""
        return not self.is_substitute or self.designations.in_force().exists()

    def mark_open(self, by: "User") -> None:
        """Open it again, as from today and attested by them; the caller saves."""
        self.is_active, self.ended_at, self.ending, self.ending_note = True, None, "", ""
        self.enabled_at = self.attested_at = timezone.now()
        self.attested_by, self.idle_warned_at = by, None

    @property
    def used_at(self) -> datetime:
        """When it was last entered, or opened if that is later."""
        return max(self.enabled_at, self.last_login or self.enabled_at)

    @property
    def is_staff(self) -> bool:
        """Who may open the admin site."""
        return self.role == Role.GENERAL_ADMIN

    # Django asks these of an account; the answer comes from `credentialing.backends`.
    is_superuser = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return bool(_user_has_perm(self, perm, obj))

    def has_perms(self, perms: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return bool(_user_has_module_perms(self, app_label))
