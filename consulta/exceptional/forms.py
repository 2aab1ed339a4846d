"""What is asked to open, and to judge an opening."""

from django import forms

from consulta.models.exceptional import Finding

REASON_LEAST = 30
NOTE_LEAST = 15


def _long_enough(text: str, least: int) -> str:
    """One line of single spaces: padding does not count as words."""
    told = " ".join(text.split())
    if len(told) < least:
        raise forms.ValidationError(f"Escreva pelo menos {least} caracteres, sem contar espaços.")
    return told


class OpeningForm(forms.Form):
    """One person, and why."""

    identifier = forms.CharField(
        label="Identificador da ficha, CPF, RG, RJI ou matrícula",
        max_length=60,
        help_text="De uma só pessoa. A busca por nome não abre registro sigiloso.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="Motivo",
        max_length=500,
        help_text=f"O risco que não pode esperar uma autorização, em pelo menos {REASON_LEAST} caracteres.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        return _long_enough(self.cleaned_data["reason"], REASON_LEAST)


class ReviewForm(forms.Form):
    """The corregedor's word."""

    finding = forms.ChoiceField(label="Parecer", choices=[("", "Escolha"), *Finding.choices])
    note = forms.CharField(
        label="Fundamentação",
        max_length=1000,
        help_text=f"O que foi apurado, em pelo menos {NOTE_LEAST} caracteres.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_note(self) -> str:
        return _long_enough(self.cleaned_data["note"], NOTE_LEAST)
