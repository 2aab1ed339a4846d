"""What the pages of the establishments can be asked."""

from collections.abc import Iterable
from typing import Final

from django import forms

from registry import labels

PERIODS: Final = {24: "24 horas", 48: "48 horas", 72: "72 horas", 168: "7 dias"}


class UnitsForm(forms.Form):
    """Filters of the list. Units identify nobody: they may stand in the address."""

    q = forms.CharField(label="Nome ou sigla", max_length=100, required=False, strip=True)
    uf = forms.ChoiceField(label="UF", required=False)
    pagina = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, ufs: Iterable[str] | None = None, **kwargs: object) -> None:
        """Offer the states given, or accept any."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        ufs = [uf.code for uf in labels.choices("uf")] if ufs is None else ufs
        self.fields["uf"].choices = [("", "Todas"), *((uf, uf) for uf in ufs)]  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    """What to show of one unit: the last hours of movements and visits, one wing, which page of people."""

    horas = forms.TypedChoiceField(choices=list(PERIODS.items()), coerce=int, required=False)
    pavilhao = forms.CharField(max_length=30, required=False, empty_value=None)
    pagina = forms.IntegerField(min_value=1, required=False)
