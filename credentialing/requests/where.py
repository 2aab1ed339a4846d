"""Where somebody works and lives: asked with an access request, and of an account later. All of it is optional."""

import re
from typing import Any

from django import forms

_CEP = re.compile(r"[0-9]{5}-?[0-9]{3}")
_HOUSE = re.compile(r"[0-9]{1,6}[A-Z]?")
_QUIET = {"autocomplete": "off"}


class WhereForm(forms.Form):
    """The unit, and the door of the home: of that only a digest is kept, to be compared with."""

    unit = forms.CharField(
        label="Unidade de lotação",
        required=False,
        max_length=200,
        help_text="Se a pessoa trabalha em uma unidade prisional, o nome dela: consultar quem está ali se explica.",
        widget=forms.TextInput(_QUIET),
    )
    cep = forms.CharField(
        label="CEP da residência",
        required=False,
        max_length=9,
        help_text="Opcional, com o número: só o resumo cifrado fica, para que a corregedoria veja consulta a vizinhos.",
        widget=forms.TextInput({**_QUIET, "inputmode": "numeric"}),
    )
    house = forms.CharField(label="Número", required=False, max_length=7, widget=forms.TextInput(_QUIET))

    def clean_unit(self) -> str:
        """Single spaces."""
        return " ".join(str(self.cleaned_data["unit"]).split())

    def clean_cep(self) -> str:
        """Its eight digits, or empty."""
        given = str(self.cleaned_data["cep"])
        if given and not _CEP.fullmatch(given):
            raise forms.ValidationError("O CEP tem 8 dígitos, como 57020-000.")
        return given.replace("-", "")

    def clean_house(self) -> str:
        """Digits, and a letter at most."""
        given = str(self.cleaned_data["house"]).upper()
        if given and not _HOUSE.fullmatch(given):
            raise forms.ValidationError("Escreva só o número da casa ou do prédio, como 120 ou 120A.")
        return given

    def clean(self) -> dict[str, Any]:
        """CEP and number become `door`, both or none: one alone is many houses."""
        given: dict[str, Any] = super().clean() or {}
        cep, house = given.pop("cep", ""), given.pop("house", "")
        if bool(cep) != bool(house) and not {"cep", "house"} & set(self.errors):
            self.add_error("house" if cep else "cep", "Informe o CEP e o número, ou nenhum dos dois.")
        return {**given, "door": (cep, house) if cep and house else None}


class KnownWhereForm(WhereForm):
    """The same of an account, whose address is not shown again: it is left, told anew, or forgotten."""

    forget = forms.BooleanField(label="Esquecer o endereço guardado", required=False)

    def clean(self) -> dict[str, Any]:
        """An address cannot be told and forgotten at once."""
        given = super().clean()
        if given.get("forget") and given["door"]:
            self.add_error("forget", "Informe outro endereço, ou mande esquecer o guardado: não os dois.")
        return given
