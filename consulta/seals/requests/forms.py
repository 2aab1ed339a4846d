"""What is asked of a request for a seal, and of the answer to one."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from consulta.models import SealRequest
from consulta.seals.forms import OrderForm, TermForm
from consulta.seals.requests.asking import Wish, until
from registry.models import SealBasis, SealLevel

NOTE_LEAST: Final = 5


class WishForm(TermForm):
    """Why somebody is to be hidden, by whose word, for whose eyes and until when."""

    level = forms.ChoiceField(label="Nível", choices=SealLevel.choices, initial=SealLevel.NAMED)
    basis = forms.ChoiceField(label="Fundamento legal", choices=[("", "Escolha"), *SealBasis.choices])
    ordered_by = forms.CharField(
        label="Autoridade e decisão",
        min_length=5,
        max_length=200,
        help_text="Quem determinou ou a quem foi pedido, e em que autos ou ato.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    keeps = forms.BooleanField(
        label="Preciso continuar a ver esta pessoa",
        required=False,
        help_text="Sendo atendido, propõe a sua autorização nominal, que outra pessoa da administração confirma.",
    )
    field_order = ("identifier", "level", "basis", "ordered_by", "reason", "until", "keeps")

    def wish(self) -> Wish:
        """What is asked, of a valid form."""
        names = ("level", "basis", "ordered_by", "reason", "until")
        return Wish(**{name: self.cleaned_data[name] for name in names}, keeps=self.cleaned_data.get("keeps", False))


class BlindWishForm(WishForm):
    """The same of whoever has an identifier, for who consults nobody: there is nobody to go on seeing."""

    identifier = forms.CharField(
        label="Identificador da ficha, CPF, RG, RJI ou matrícula",
        max_length=60,
        help_text="Ninguém é procurado antes da decisão: confira o número.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    keeps = None  # type: ignore[assignment]  # how Django's forms leave out an inherited field


class RefusalForm(forms.Form):
    """Why not. Who asked reads it, and may know nothing of other seals."""

    note = forms.CharField(
        label="Motivo da recusa",
        max_length=300,
        help_text="Quem pediu vai ler. Não diga se há outro sigilo, nem se a pessoa existe.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_note(self) -> str:
        """One line of single spaces."""
        told = " ".join(self.cleaned_data["note"].split())
        if len(told) < NOTE_LEAST:
            raise forms.ValidationError(f"Escreva pelo menos {NOTE_LEAST} caracteres.")
        return told


class AnswerForm(OrderForm):
    """An order, filled in as it was asked for; whom it means is the request's and cannot be changed."""

    identifier = None  # type: ignore[assignment]  # how Django's forms leave out an inherited field

    def __init__(self, data: Any = None, *, asked: SealRequest) -> None:
        super().__init__(data)
        told = asked.told
        self.initial = {name: told[name] for name in ("level", "basis", "ordered_by", "reason")}
        self.initial |= {"agency": asked.user.agency.acronym, "until": last_day(told)}


def last_day(told: dict[str, Any]) -> date | None:
    """The last day of the term that was asked for, or None: terms end at the first moment of the next one."""
    end = until(told)
    return timezone.localtime(end - timedelta(seconds=1)).date() if end else None
