"""What the pages of the establishments can be asked."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone

from registry import labels

PERIODS: Final = {
    6: "6 horas",
    12: "12 horas",
    24: "24 horas",
    48: "48 horas",
    72: "72 horas",
    168: "7 dias",
}


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
    """What to show of one unit: the hours of movements and visits, one wing or cell, which page of people. Of these
    what makes no sense is left at its usual value."""

    horas = forms.TypedChoiceField(choices=list(PERIODS.items()), coerce=int, required=False)
    pavilhao = forms.CharField(max_length=30, required=False, empty_value=None)
    cela = forms.CharField(max_length=30, required=False, empty_value=None)
    pagina = forms.IntegerField(min_value=1, required=False)


class InstantForm(forms.Form):
    """A day and hour of the past, on the clocks of the unit's state. Unlike the filters it must make sense: whoever
    asks for a past day must never take the present for it."""

    dia = forms.DateField(
        label="Dia",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Informe um dia que exista, como 12/03/2026."},
    )
    hora = forms.TimeField(
        label="Hora",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Informe uma hora entre 00:00 e 23:59."},
    )

    def clean_dia(self) -> date | None:
        """The day; states' clocks differ by hours, so that tomorrow is the first that is surely to come."""
        day: date | None = self.cleaned_data["dia"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Esse dia ainda não chegou. Informe um dia passado.")
        return day

    def clean(self) -> dict[str, Any]:
        """An hour needs its day."""
        given = super().clean() or self.cleaned_data
        if given.get("hora") and not given.get("dia") and "dia" not in self.errors:
            self.add_error("dia", "Informe também o dia.")
        return given
