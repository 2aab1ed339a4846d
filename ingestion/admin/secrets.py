"""Named secrets on a source's page: they go in, are replaced and go away there, and are never shown."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audit.events import Actor
from ingestion.mapping.api import SECRET
from ingestion.models import Source
from ingestion.services import secrets, sources
from senappen.lib.crypto import DecryptionError
from senappen.lib.wording import moment

FIELDS = ("secret_name", "secret_value", "secrets_removed")
LONGEST = 100_000


class WriteOnly(forms.Textarea):
    """Never gives back what was written, not even in a form that was refused."""

    def format_value(self, value: Any) -> None:
        return None


class SecretFields(forms.Form):
    """What a source's form asks of its secrets. The value is always empty: filling it puts or replaces one."""

    secret_name = forms.RegexField(
        rf"\A{SECRET.pattern}\Z", label="nome do segredo a guardar", required=False,
        help_text="O nome que o mapeamento cita, como chave_api; na regra 2, authority, certificate ou key.",
        error_messages={"invalid": "Use só minúsculas, dígitos e _, começando por letra."},
    )  # fmt: skip
    secret_value = forms.CharField(
        label="valor do segredo", required=False, max_length=LONGEST,
        widget=WriteOnly(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Substitui o que estiver guardado com esse nome. Não volta a ser mostrado.",
    )  # fmt: skip
    secrets_removed = forms.MultipleChoiceField(
        label="segredos a apagar", required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer_secrets(self, source: Source) -> None:
        """Let the source's secrets be removed, by their names."""
        removable = self.fields["secrets_removed"]
        if isinstance(removable, forms.MultipleChoiceField):
            removable.choices = [(kept.name, kept.name) for kept in _kept(source)]

    def clean_secrets(self, given: dict[str, Any]) -> None:
        """Name and value come together."""
        if bool(given.get("secret_name")) != bool((given.get("secret_value") or "").strip()):
            self.add_error("secret_value", "Informe nome e valor juntos, ou nenhum dos dois.")


def apply(source: Source, given: dict[str, Any], *, by: Actor) -> None:
    """Do what the form asked."""
    for name in given.get("secrets_removed") or ():
        sources.remove_secret(source=source, name=name, by=by)
    if given.get("secret_name"):
        sources.put_secret(source=source, name=given["secret_name"], value=given["secret_value"].strip(), by=by)


def summary(source: Source) -> SafeString:
    """Names, dates and authors of what is kept, and what the mapping cites and is missing."""
    try:
        missing = secrets.missing(source)
    except DecryptionError:
        return SafeString("As credenciais não abrem com as chaves atuais; veja o comando check_keys.")
    lines = [(one.name, _when(one), "" if one.cited else " · o mapeamento não o cita") for one in _kept(source)]
    kept = format_html_join("", "<div><strong>{}</strong>: {}{}</div>", lines)
    lacking = format_html_join(
        "", "<div><strong>{}</strong>: falta; o mapeamento o cita</div>", ((n,) for n in missing)
    )
    return format_html("{}{}", kept, lacking) or SafeString("nenhum")


def _kept(source: Source) -> list[secrets.Kept]:
    try:
        return secrets.kept(source)
    except DecryptionError:
        return []


def _when(one: secrets.Kept) -> str:
    if one.changed_at is None:
        return "guardado, sem data"
    return f"guardado em {moment(timezone.localtime(one.changed_at))} por {one.changed_by}"
