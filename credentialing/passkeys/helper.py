"""What our passkeys ask of an authenticator, over the helper of django-otp-webauthn."""

from typing import Any

from django.http import HttpRequest
from django_otp_webauthn.helpers import WebAuthnHelper
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from credentialing.models import User


class PasskeyHelper(WebAuthnHelper):  # type: ignore[misc]  # the package is not typed
    """Domain and origins come from the settings alone, never from what a request says of itself."""

    def __init__(self) -> None:
        super().__init__(HttpRequest())

    def get_credential_display_name(self, user: User) -> str:
        """The authenticator shows it, and may keep it in a cloud: the user name and not the person's."""
        return user.get_username()

    def get_generate_registration_options_kwargs(self, *, user: User) -> dict[str, Any]:
        """The person proves themselves to the authenticator; it need not know the account, which the password names."""
        kwargs: dict[str, Any] = super().get_generate_registration_options_kwargs(user=user)
        kwargs["authenticator_selection"] = AuthenticatorSelectionCriteria(
            user_verification=UserVerificationRequirement.REQUIRED, resident_key=ResidentKeyRequirement.DISCOURAGED
        )
        return kwargs
