"""The person who uses the platform. One account, one profile, one agency."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_module_perms, _user_has_perm  # type: ignore[attr-defined]
from django.db import models
from django.db.models.functions import Lower

from credentialing.models.agency import Agency
from credentialing.roles import LABELS, Role


class UserManager(BaseUserManager["User"]):
    """Makes accounts; never a superuser, since no account is above the roles."""

    def create_user(self, username: str, password: str, **fields: Any) -> "User":
        """Create an account with a hashed password. The caller records who made it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account. What it may do follows from `role` alone (`credentialing.roles`)."""

    username = models.CharField("usuário", max_length=60, unique=True)
    full_name = models.CharField("nome completo", max_length=200)
    email = models.EmailField("e-mail funcional", blank=True)
    registration = models.CharField("matrícula funcional", max_length=30, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users", verbose_name="órgão")
    role = models.CharField("perfil", max_length=20, choices=[(role.value, LABELS[role]) for role in Role])
    is_active = models.BooleanField("ativo", default=True)
    # Made by somebody else: it opens nothing but the page where its owner chooses another.
    password_is_temporary = models.BooleanField("senha provisória", default=False, editable=False)
    created_at = models.DateTimeField("criado em", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "usuário"
        verbose_name_plural = "usuários"
        ordering = ["username"]
        constraints = [
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
