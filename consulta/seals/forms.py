"""What is asked to order, to admit and to lift."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from consulta.seals.ordering import Terms
from credentialing import policy
from credentialing.models import Agency, User
from credentialing.roles import Permission
from registry.models import SealBasis, SealLevel

REASON_LEAST: Final = 15


def _said(text: str) -> str:
    """One line of single spaces: padding does not count as words."""
    told = " ".join(text.split())
    if len(told) < REASON_LEAST:
        raise forms.ValidationError(f"Escreva pelo menos {REASON_LEAST} caracteres.")
    return told


def _reason(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Motivo",
        max_length=500,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )


class ReasonForm(forms.Form):
    """Why, as every order says."""

    reason = _reason("Não escreva o nome da pessoa.")

    def clean_reason(self) -> str:
        return _said(self.cleaned_data["reason"])


class TermForm(ReasonForm):
    """Why, and until when; without a day there is no end."""

    until = forms.DateField(
        label="Até o dia",
        required=False,
        help_text="Sem data, vale até que alguém encerre.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> datetime | None:
        """The first moment after the day, by the clock of the platform."""
        last: date | None = self.cleaned_data["until"]
        if last is None:
            return None
        if last < timezone.localdate():
            raise forms.ValidationError("O prazo não pode já ter terminado.")
        return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


class OrderForm(TermForm):
    """One person, by whose word, and for whose eyes."""

    identifier = forms.CharField(
        label="Identificador da ficha, CPF, RG, RJI ou matrícula",
        max_length=60,
        help_text="De uma só pessoa. Nada dela é mostrado aqui.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    level = forms.ChoiceField(label="Nível", choices=SealLevel.choices)
    agency = forms.ChoiceField(label="Órgão do sigilo")
    basis = forms.ChoiceField(label="Fundamento", choices=[("", "Escolha"), *SealBasis.choices])
    ordered_by = forms.CharField(
        label="Autoridade e decisão",
        min_length=5,
        max_length=200,
        help_text="Quem determinou, e em que autos ou ato.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("identifier", "level", "agency", "basis", "ordered_by", "reason", "until")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        agencies = Agency.objects.active().values_list("acronym", "name")
        choices = [("", "Escolha"), *((acronym, f"{acronym}: {name}") for acronym, name in agencies)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """What was ordered, of a valid form."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "identifier"}
        told["level"], told["basis"] = SealLevel(told["level"]), SealBasis(told["basis"])
        return Terms(**told)


class GrantForm(TermForm):
    """Whom to admit, why and until when."""

    username = forms.CharField(
        label="Usuário", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    field_order = ("username", "reason", "until")

    def clean_username(self) -> str:
        """The account's own spelling of its name: grants are looked up by it."""
        user = User.objects.select_related("agency").filter(username__iexact=self.cleaned_data["username"]).first()
        if user is None or not policy.allows(user, Permission.CONSULT_PEOPLE):
            raise forms.ValidationError("Não há conta ativa com este nome que possa consultar pessoas.")
        return user.username
