"""What the links are asked for on screen. Filters identify nobody: they may stand in the address; persons never do."""

import re
import uuid
from typing import Any, Final

from django import forms

from registry.models import LinkKind
from registry.selectors.links import EVERY, LinkCriteria

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
STRENGTHS: Final = {0: "Qualquer", 25: "25 ou mais", 50: "50 ou mais", 75: "75 ou mais"}
FORMATS: Final = {"csv": "CSV", "graphml": "GraphML"}


def _date(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class LinksForm(forms.Form):
    """Kinds, strength and dates of the links, and which page. What makes no sense is left out."""

    tipo = forms.MultipleChoiceField(
        label="Tipo de vínculo", choices=LinkKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    forca = forms.TypedChoiceField(
        label="Força mínima", choices=list(STRENGTHS.items()), coerce=int, required=False, empty_value="0"
    )
    desde = _date("Com fatos desde")
    ate = _date("Com fatos até")
    pagina = forms.IntegerField(min_value=1, max_value=1_000, required=False, widget=forms.HiddenInput)
    pular = forms.IntegerField(min_value=0, max_value=5_000, required=False, widget=forms.HiddenInput)

    @property
    def _read(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def criteria(self) -> LinkCriteria:
        """The links meant; no kind chosen means every kind."""
        read = self._read
        chosen = set(read.get("tipo") or ())
        kinds = tuple(kind for kind in EVERY if kind in chosen) or EVERY
        return LinkCriteria(
            kinds=kinds, strength=int(read.get("forca") or 0), since=read.get("desde"), until=read.get("ate")
        )

    @property
    def page(self) -> int:
        return self._read.get("pagina") or 1

    @property
    def skip(self) -> int:
        """How many links of each kind the graph has already."""
        return self._read.get("pular") or 0


class PathForm(forms.Form):
    """The other person of a path: an id, or the address of a profile, as copied."""

    outra = forms.CharField(
        label="Outra pessoa",
        max_length=300,
        help_text="Cole o endereço da ficha da outra pessoa, ou o seu identificador.",
        error_messages={"required": "Informe a outra pessoa: cole o endereço da ficha dela."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_outra(self) -> uuid.UUID:
        """The id in what was pasted."""
        found = _UUID.search(self.cleaned_data["outra"])
        if found is None:
            raise forms.ValidationError(
                "Não há identificador de pessoa neste texto. Abra a ficha dela e copie o endereço."
            )
        return uuid.UUID(found.group())


class ExportForm(forms.Form):
    """The format of a file."""

    formato = forms.ChoiceField(choices=list(FORMATS.items()))
