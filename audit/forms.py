"""The filters of the audit's screens."""

import re
import uuid
from typing import Final

from django import forms

from audit.events import LABELS, Kind
from audit.selectors import Filters

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class FilterForm(forms.Form):
    """GET: none of these identifies anybody but the platform's own users."""

    usuario = forms.CharField(label="Usuário", max_length=60, required=False)
    evento = forms.ChoiceField(
        label="Evento",
        required=False,
        choices=[("", "Todos"), *sorted(((kind.value, LABELS[kind]) for kind in Kind), key=lambda choice: choice[1])],
    )
    dia = forms.DateField(
        label="Dia", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    finalidade = forms.UUIDField(label="Finalidade (código)", required=False)
    pessoas = forms.CharField(
        label="Pessoa mostrada (código)",
        max_length=2_000,
        required=False,
        error_messages={"invalid": "Informe o código da pessoa, como está no endereço da ficha dela."},
    )

    def clean_pessoas(self) -> tuple[uuid.UUID, ...]:
        """The ids in the text: several where records of one person were once apart."""
        text = self.cleaned_data["pessoas"]
        found = tuple(uuid.UUID(each) for each in _UUID.findall(text))
        if text.strip() and not found:
            raise forms.ValidationError(self.fields["pessoas"].error_messages["invalid"], code="invalid")
        return found

    @property
    def filters(self) -> Filters:
        """The filters of a valid form."""
        given = self.cleaned_data
        return Filters(
            username=given.get("usuario", ""),
            kind=given.get("evento", ""),
            day=given.get("dia"),
            purpose=given.get("finalidade"),
            persons=given.get("pessoas") or (),
        )


class OwnFilterForm(FilterForm):
    """The same, of one's own events: whose is known."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["usuario"]
