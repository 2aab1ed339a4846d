"""What is asked to find, close, open again and narrow accounts."""

from typing import Any

from django import forms

from credentialing.models import Activity, Ending
from credentialing.narrowing import ProfileFilterForm
from credentialing.people.lifecycle import REASON_LEAST

# What a manager closes an account for; the other reasons are the platform's own.
BY_HAND = (Ending.LEAVER, Ending.PREVENTIVE)


def _reason(text: object) -> str:
    """One line of single spaces: padding does not count as words."""
    told = " ".join(str(text).split())
    if len(told) < REASON_LEAST:
        raise forms.ValidationError(f"Escreva pelo menos {REASON_LEAST} caracteres, sem contar espaços.")
    return told


class FilterForm(ProfileFilterForm):
    """The filters of the list. Anything else in the address counts as none."""

    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[
            ("", "Abertas"),
            ("atestar", "A atestar"),
            ("sem-uso", "Perto de encerrar por falta de uso"),
            ("encerradas", "Encerradas"),
        ],
    )


class EndForm(forms.Form):
    """Why an account is closed."""

    ending = forms.ChoiceField(label="Causa", choices=[(one.value, one.label) for one in BY_HAND])
    note = forms.CharField(label="Motivo", max_length=500)

    def clean_note(self) -> str:
        return _reason(self.cleaned_data["note"])


class ReopenForm(forms.Form):
    """Why an account is opened again."""

    note = forms.CharField(label="Motivo", max_length=500)

    def clean_note(self) -> str:
        return _reason(self.cleaned_data["note"])


class ActivitiesForm(forms.Form):
    """What the person is credentialed for."""

    activities = forms.MultipleChoiceField(
        label="Atividades finalísticas", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choosable: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activities = self.fields["activities"]
        activities.choices = [choice for choice in Activity.choices if choice[0] in choosable]  # type: ignore[attr-defined]


class AttestForm(forms.Form):
    """The accounts that were ticked."""

    conta = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": "Marque ao menos uma conta."})

    def __init__(self, *args: Any, among: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conta"].choices = [(one, one) for one in among]  # type: ignore[attr-defined]
