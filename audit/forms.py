"""The filters of the audit's screens."""

import re
import uuid
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from audit import sentences
from audit.events import LABELS, Kind
from audit.selectors import Filters

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# What a case is called never stands in an address: it goes there as a token that only its reader opens.
CASE = "caso"


class FilterForm(forms.Form):
    """What narrows the list. By GET: nothing of it names anybody but the platform's own users."""

    usuario = forms.CharField(label="Usuário", max_length=60, required=False)
    pessoas = forms.CharField(
        label="Pessoa mostrada (código)",
        max_length=2_000,
        required=False,
        error_messages={"invalid": "Informe o código da pessoa, como está no endereço da ficha dela."},
    )
    evento = forms.ChoiceField(
        label="Evento",
        required=False,
        choices=[("", "Todos"), *sorted(((kind.value, LABELS[kind]) for kind in Kind), key=lambda choice: choice[1])],
    )
    acao = forms.ChoiceField(label="Tela", required=False, choices=[("", "Todas"), *sentences.actions()])
    de = forms.DateField(label="De", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ate = forms.DateField(
        label="Até", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    finalidade = forms.UUIDField(label="Finalidade (código)", required=False)
    requisicao = forms.UUIDField(label="Código de referência", required=False)

    def clean_pessoas(self) -> tuple[uuid.UUID, ...]:
        """The ids in the text: several where records of one person were once apart."""
        text = self.cleaned_data["pessoas"]
        found = tuple(uuid.UUID(each) for each in _UUID.findall(text))
        if text.strip() and not found:
            raise forms.ValidationError(self.fields["pessoas"].error_messages["invalid"], code="invalid")
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("de") and given.get("ate") and given["de"] > given["ate"]:
            self.add_error("ate", "A data final vem antes da inicial.")
        return given

    def filters(self, case: str = "") -> Filters:
        """The filters of a valid form; `case` is the procedure or operation, as declared."""
        given = self.cleaned_data
        purposes: tuple[uuid.UUID, ...] | None = None
        if case:
            purposes = tuple(import_string(settings.AUDIT_CASE)(case))
        if given.get("finalidade"):
            own = given["finalidade"]
            purposes = (own,) if purposes is None or own in purposes else ()
        return Filters(
            username=given.get("usuario", ""),
            persons=given.get("pessoas") or (),
            kind=given.get("evento", ""),
            action=given.get("acao", ""),
            since=given.get("de"),
            until=given.get("ate"),
            purposes=purposes,
            request=given.get("requisicao"),
        )


class OwnFilterForm(FilterForm):
    """The same, of one's own events: whose is known."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["usuario"]


class CaseForm(forms.Form):
    """By POST: the procedure or operation that purposes were declared for."""

    caso = forms.CharField(label="Procedimento ou operação", max_length=80, strip=True)
