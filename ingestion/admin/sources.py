"""Sources: how each origin is reached, with its mapping. Credentials go in and never come out."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from audit.events import Channel
from credentialing import actors
from ingestion.admin import secrets
from ingestion.admin.base import AnyInline, AnyModelAdmin, ReadOnly
from ingestion.admin.secrets import SecretFields
from ingestion.mapping.reading import MappingError, read
from ingestion.models import Credentials, Source, SourceCertificate
from ingestion.network import trust
from ingestion.services import loads, mappings, sources
from ingestion.transports import requirements

if TYPE_CHECKING:
    SourceModelForm = forms.ModelForm[Source]
else:
    SourceModelForm = forms.ModelForm


class ActionsForm(ActionForm):
    """What the actions of the list ask besides."""

    reason = forms.CharField(label="motivo da pausa", required=False, max_length=200)


class SourceForm(SecretFields, SourceModelForm):
    """A source, at first with its mapping as text. User and password are always empty: filling them replaces."""

    username = forms.CharField(label="usuário no banco", required=False)
    password = forms.CharField(
        label="senha no banco", required=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    client_certificate = forms.CharField(
        label="certificado de cliente (PEM)", required=False, widget=secrets.WriteOnly(attrs={"rows": 4}),
        help_text="O que a SENAPPEN mostra ao estado, se ele pedir um. Em branco, fica o atual.",
    )  # fmt: skip
    client_key = forms.CharField(
        label="chave do certificado de cliente (PEM)", required=False, widget=secrets.WriteOnly(attrs={"rows": 4}),
        help_text="Sem senha. Guardada cifrada e nunca mostrada.",
    )  # fmt: skip
    mapping_text = forms.CharField(label="mapeamento (YAML)", widget=forms.Textarea(attrs={"rows": 30}))

    class Meta:
        model = Source
        fields = [
            "origin", "rule", "dialect", "host", "port", "database", "username", "password", "vpn_range", "authority",
            "server_name", "client_certificate", "client_key", "photo_folder", "interval", "daily_at", "spread",
            "reconcile_weekday", "overlap", "enabled", "mapping_text", *secrets.FIELDS,
        ]  # fmt: skip
        help_texts = {
            "vpn_range": "Regras 1, 2 e 3: as únicas redes alcançadas, como 10.20.0.0/16, separadas por espaço.",
            "authority": "Regra 5, e nas outras se a autoridade é do próprio estado: só certificado dela é aceito.",
            "server_name": "Só se o certificado traz outro nome que o do servidor acima.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first mapping comes with the source; the next ones are tried and kept on their own page.
        for name in ("mapping_text",) if self.instance.pk else secrets.FIELDS:
            del self.fields[name]
        if self.instance.pk:
            self.offer_secrets(self.instance)
        self.fields["password"].required = self.fields["username"].required = self.instance.pk is None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("username")) != bool(given.get("password")):
            self.add_error("password", "Informe usuário e senha juntos, ou nenhum dos dois para manter os atuais.")
        self._check_mapping(given)
        self._check_pair(given)
        self.clean_secrets(given)
        return given

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            for field, sentence in requirements.faults(self.instance).items():
                self.add_error(field, sentence)

    def _check_pair(self, given: dict[str, Any]) -> None:
        certificate, key = given.get("client_certificate"), given.get("client_key")
        if certificate or key:
            fault = trust.pair_fault(certificate or "", key or "")
            if fault:
                self.add_error("client_certificate", fault)

    def _check_mapping(self, given: dict[str, Any]) -> None:
        text, origin = given.get("mapping_text"), given.get("origin")
        if self.instance.pk:
            origin = self.instance.origin
        if not text or origin is None:
            return
        try:
            if read(text).origin != origin.code:
                self.add_error("mapping_text", f"O arquivo deve ser da origem {origin.code}.")
        except MappingError as error:
            self.add_error("mapping_text", error.problems)


class CertificateInline(ReadOnly, AnyInline):
    """Until when each certificate serves, as last seen."""

    model = SourceCertificate
    fields = ["kind", "name", "expires_at", "seen_at", "sha256"]
    extra = 0


@admin.register(Source)
class SourceAdmin(AnyModelAdmin):
    """Sources. Never deleted: they are paused."""

    form = SourceForm
    list_display = ["origin", "rule", "dialect", "host", "enabled", "interval", "daily_at", "mapping", "loaded_at"]
    list_select_related = ["origin", "mapping__origin"]
    list_filter = ["enabled", "rule", "dialect"]
    inlines = [CertificateInline]
    actions = ["load_now", "pause", "resume"]
    action_form = ActionsForm

    @admin.display(description="última carga", ordering="origin__loaded_at")
    def loaded_at(self, source: Source) -> Any:
        return source.origin.loaded_at

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        return ["origin", "mapping_page", "kept_secrets"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Source | None = None) -> Any:
        left_out = ("mapping_text",) if obj else secrets.FIELDS
        return [field for field in super().get_fields(request, obj) if field not in left_out]

    @admin.display(description="mapeamento")
    def mapping_page(self, source: Source) -> Any:
        address = reverse("ingestion:mapping", args=[source.origin.code])
        return format_html('<a href="{}">{}: abrir, ensaiar e guardar</a>', address, source.mapping or "nenhum em uso")

    @admin.display(description="segredos guardados")
    def kept_secrets(self, source: Source) -> Any:
        return secrets.summary(source)

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        by, given = actors.from_request(request, Channel.ADMIN), form.cleaned_data
        if change:
            # Not the credentials: a key rotation or another person may have written them since this was read.
            known = {field.name for field in Source._meta.concrete_fields}
            obj.save(update_fields=[name for name in form.changed_data if name in known])
            if "rule" in form.changed_data:
                sources.record_rule(source=obj, before=form.initial["rule"], by=by)
        else:
            obj.save()
            sources.open_partition(obj.origin)
            sources.note_rule(obj, by)
        if given["username"]:
            sources.replace_credentials(
                source=obj, credentials=Credentials(given["username"], given["password"]), by=by
            )
        if given["client_certificate"]:
            sources.put_secret(source=obj, name="certificate", value=given["client_certificate"], by=by)
            sources.put_secret(source=obj, name="key", value=given["client_key"], by=by)
        secrets.apply(obj, given, by=by)
        if not change:
            mappings.put_in_use(source=obj, text=given["mapping_text"], by=by)

    @admin.action(description="Carregar agora")
    def load_now(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        by = actors.from_request(request, Channel.ADMIN)
        for source in chosen:
            try:
                load = loads.start(source=source, by=by)
                messages.success(request, f"{source}: carga {load.pk} na fila.")
            except ValueError as error:
                messages.error(request, f"{source}: {error}")

    @admin.action(description="Pausar")
    def pause(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        if not request.POST.get("reason", "").strip():
            messages.error(request, "Diga o motivo da pausa: ele fica registrado e aparece em Conectores.")
            return
        self._set_enabled(request, chosen, enabled=False)

    @admin.action(description="Retomar")
    def resume(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        self._set_enabled(request, chosen, enabled=True)

    def _set_enabled(self, request: HttpRequest, chosen: QuerySet[Source], *, enabled: bool) -> None:
        by = actors.from_request(request, Channel.ADMIN)
        for source in chosen:
            sources.set_enabled(source=source, enabled=enabled, by=by, reason=request.POST.get("reason", "")[:200])
