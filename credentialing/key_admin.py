"""Keys of agencies on the admin site: registered by their certificate, then only frozen, opened again or revoked."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from audit.events import Channel
from credentialing import actors
from credentialing.models import AgencyKey
from credentialing.services import agency_keys

# Django's classes are generic for the type checker only.
if TYPE_CHECKING:
    KeyModelForm = forms.ModelForm[AgencyKey]
else:
    KeyModelForm = forms.ModelForm

ACTS = [("", "—"), ("freeze", "Congelar agora"), ("open", "Liberar"), ("revoke", "Revogar de vez")]
REASON_LEAST = 15


class NewKeyForm(KeyModelForm):
    """The certificate says the rest."""

    certificate = forms.CharField(
        label="Certificado (PEM)", max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}), strip=False
    )

    class Meta:
        model = AgencyKey
        fields = ["agency", "system"]

    def clean_certificate(self) -> str:
        """Read here already, so that what is wrong is said beside it."""
        text: str = self.cleaned_data["certificate"]
        try:
            agency_keys.read(text)
        except agency_keys.NotACertificate:
            raise forms.ValidationError("Não é um certificado em PEM, ou já venceu, ou já está cadastrado.") from None
        return text


class KeyForm(KeyModelForm):
    """What is done with a key, and why."""

    act = forms.ChoiceField(label="Fazer", choices=ACTS, required=False)
    reason = forms.CharField(label="Motivo", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = AgencyKey
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") and len(given.get("reason", "").strip()) < REASON_LEAST:
            self.add_error("reason", f"Diga o motivo, em pelo menos {REASON_LEAST} caracteres.")
        return given


def save(request: HttpRequest, key: AgencyKey, form: Any, *, change: bool) -> None:
    """What the form asks for, by the services."""
    by = actors.from_request(request, Channel.ADMIN)
    given = form.cleaned_data
    if not change:
        made = agency_keys.register(agency=key.agency, name=key.system, certificate=given["certificate"], by=by)
        key.pk, key.fingerprint, key.expires_at = made.pk, made.fingerprint, made.expires_at
    elif given["act"] == "freeze":
        agency_keys.freeze(key=key.pk, cause=agency_keys.Cause.SOMEBODY, reason=given["reason"], by=by)
    elif given["act"]:
        act = agency_keys.open_again if given["act"] == "open" else agency_keys.revoke
        act(key=key.pk, reason=given["reason"], by=by)


class KeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Never deleted, never edited."""

    list_display = ["agency", "system", "expires_at", "frozen_at", "revoked_at"]
    list_select_related = ["agency"]
    list_filter = ["agency"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return KeyForm if obj else NewKeyForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            [*self.get_readonly_fields(request, obj), "act", "reason"] if obj else ["agency", "system", "certificate"]
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = ["agency", "system", "fingerprint", "expires_at", "created_at"]
        return [*shown, "frozen_at", "frozen_because", "revoked_at"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: AgencyKey, form: Any, change: bool) -> None:
        save(request, obj, form, change=change)
