"""What is written about a case."""

from typing import Final

from django import forms

from oversight.models import StepKind, Verdict

LEAST: Final = 15
MOST: Final = 2000


class WordsForm(forms.Form):
    """Words that must say something."""

    words = forms.CharField(
        label="Fundamentação",
        max_length=MOST,
        help_text=f"Pelo menos {LEAST} caracteres. Não cite nomes de pessoas custodiadas: cite o procedimento.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_words(self) -> str:
        """One line of single spaces: padding does not count as words."""
        told = " ".join(self.cleaned_data["words"].split())
        if len(told) < LEAST:
            raise forms.ValidationError(f"Escreva pelo menos {LEAST} caracteres, sem contar espaços.")
        return told


class StepForm(WordsForm):
    """What the corregedor does next, and why."""

    step = forms.ChoiceField(label="Andamento")

    def __init__(self, *args: object, steps: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["step"].choices = [("", "Escolha"), *steps]  # type: ignore[attr-defined]
        self.order_fields(["step", "words"])


class ConfirmationForm(WordsForm):
    """The superior's word."""

    confirmed = forms.ChoiceField(
        label="Confirma a explicação?",
        choices=[("", "Escolha"), ("sim", "Sim, era trabalho do agente"), ("nao", "Não confirmo")],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.order_fields(["confirmed", "words"])


class CanaryForm(forms.Form):
    """A fictitious person to be watched."""

    person = forms.UUIDField(
        label="Código da pessoa",
        help_text="O código do endereço da ficha de um registro fictício, posto na base para ninguém abrir.",
        error_messages={"invalid": "Informe o código da pessoa, como está no endereço da ficha dela."},
    )
    note = forms.CharField(label="Onde e por quê", max_length=300)


STEPS: Final = {
    StepKind.ASK: "Pedir explicação ao agente",
    StepKind.JUSTIFIED: f"Decidir: {Verdict.JUSTIFIED.label.lower()}",
    StepKind.INCONCLUSIVE: f"Decidir: {Verdict.INCONCLUSIVE.label.lower()}",
    StepKind.MISUSE: f"Decidir: {Verdict.MISUSE.label.lower()}",
    StepKind.BLOCK: "Bloquear a conta",
    StepKind.REFER: "Registrar encaminhamento",
    StepKind.REOPEN: "Reabrir",
    StepKind.UNBLOCK: "Liberar a conta",
}
