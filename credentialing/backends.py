"""Django's authentication backend: passwords, and permissions answered by `policy`."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from credentialing import policy
from credentialing.models import User

# What the admin site asks, in terms of our permissions.
ADMIN_MODELS = {
    "credentialing.agency": policy.Permission.MANAGE_AGENCIES,
    "credentialing.agencykey": policy.Permission.MANAGE_AGENCIES,
    "credentialing.user": policy.Permission.MANAGE_USERS,
    "otp_totp.totpdevice": policy.Permission.MANAGE_USERS,
    "registry.origin": policy.Permission.MANAGE_SOURCES,
    "ingestion.source": policy.Permission.MANAGE_SOURCES,
    "ingestion.agreement": policy.Permission.MANAGE_SOURCES,
    "ingestion.agreementgoal": policy.Permission.MANAGE_SOURCES,
    "ingestion.alert": policy.Permission.MANAGE_SOURCES,
    "ingestion.load": policy.Permission.MANAGE_SOURCES,
    "ingestion.rejection": policy.Permission.REVIEW_QUARANTINE,
    "ingestion.unmappedcode": policy.Permission.REVIEW_QUARANTINE,
}


class RoleBackend(ModelBackend):
    """Authenticates by password and answers `has_perm` from the account's role."""

    def user_can_authenticate(self, user: Any) -> bool:
        # Of a frozen account the password is tried all the same: `services.login` tells its owner, and nobody else.
        return isinstance(user, User) and user.is_active and user.agency.is_open and user.acts_now

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.with_bounds().filter(pk=user_id).first()
        return user if user is not None and policy.may_enter(user) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not isinstance(user_obj, User):
            return False
        return policy.allows(user_obj, _own_permission(perm))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not isinstance(user_obj, User):
            return False
        models = [model for model in ADMIN_MODELS if model.startswith(f"{app_label}.")]
        return any(policy.allows(user_obj, ADMIN_MODELS[model]) for model in models)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return {perm for perm in policy.Permission if self.has_perm(user_obj, perm)}

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        return super().authenticate(request, username=username, password=password, **kwargs)


def _own_permission(perm: str) -> str:
    """Translate Django's `app.verb_model` to ours; anything else stays as it is, and is denied if unknown."""
    app_label, _, codename = perm.partition(".")
    verb, _, model = codename.partition("_")
    if verb in {"add", "change", "delete", "view"}:
        return ADMIN_MODELS.get(f"{app_label}.{model}", perm)
    return perm
