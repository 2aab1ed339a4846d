"""What is asked to start, find and decide a request."""

from typing import Any

from django import forms

from credentialing import policy
from credentialing.delegation import ASKS, among
from credentialing.models import Activity, RequestState, User
from credentialing.narrowing import ProfileFilterForm
from credentialing.requests.where import WhereForm
from credentialing.roles import LABELS, Role
from senappen.lib import cpf

# Whoever writes from there is not writing from their agency.
PRIVATE_MAIL = frozenset({
    "gmail.com", "hotmail.com", "outlook.com", "live.com", "msn.com", "yahoo.com", "yahoo.com.br", "icloud.com",
    "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "proton.me", "protonmail.com",
})  # fmt: skip


CPF_OF_A_REQUEST = "Serve à verificação de conduta e a que cada pessoa tenha uma só conta; fica cifrado."


class CpfForm(forms.Form):
    """Whose account it is or will be."""

    cpf = forms.CharField(
        label="CPF",
        max_length=14,
        help_text="Cada pessoa tem uma só conta. Fica só o resumo cifrado.",
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_cpf(self) -> str:
        """Its eleven digits."""
        number = cpf.normal(str(self.cleaned_data["cpf"]))
        if not number:
            raise forms.ValidationError("O CPF não confere. Digite os 11 dígitos.")
        return number


class NewRequestForm(CpfForm, WhereForm):
    """Who, and as what: the least that identifies a person (art. 24)."""

    full_name = forms.CharField(label="Nome completo", max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail funcional",
        help_text="Recebe o endereço do primeiro acesso.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    registration = forms.CharField(
        label="Matrícula funcional", max_length=30, widget=forms.TextInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label="Perfil")
    activities = forms.MultipleChoiceField(
        label="Atividades finalísticas",
        help_text="As que a pessoa exerce: decidem as funções que ela verá. De quem delega, as que poderá delegar.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Escolha ao menos uma atividade."},
    )

    def __init__(self, *args: Any, asker: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held, roles = policy.activities(asker), among(ASKS, asker.role)
        role, activities = self.fields["role"], self.fields["activities"]
        self.fields["cpf"].help_text = CPF_OF_A_REQUEST
        role.choices = [("", "Escolha o perfil"), *((one.value, LABELS[one]) for one in Role if one in roles)]  # type: ignore[attr-defined]
        activities.choices = [choice for choice in Activity.choices if choice[0] in held]  # type: ignore[attr-defined]

    def clean_full_name(self) -> str:
        """Single spaces; a name has at least two words."""
        words = str(self.cleaned_data["full_name"]).split()
        if len(words) < 2:
            raise forms.ValidationError("Escreva o nome completo.")
        return " ".join(words)

    def clean_email(self) -> str:
        """An address of the agency's."""
        address = str(self.cleaned_data["email"]).lower()
        if address.rpartition("@")[2] in PRIVATE_MAIL:
            raise forms.ValidationError("Informe o e-mail funcional, não um endereço particular.")
        return address


class FilterForm(ProfileFilterForm):
    """The filters of the board. Anything else in the address counts as none."""

    situacao = forms.ChoiceField(
        label="Situação", required=False, choices=[("", "Em andamento"), ("todas", "Todas"), *RequestState.choices]
    )


class DecisionForm(forms.Form):
    """Yes or no; the service says when a reason is needed."""

    decision = forms.ChoiceField(choices=[("aprovar", "Aprovar"), ("recusar", "Recusar")])
    note = forms.CharField(max_length=500, required=False)

    def clean_note(self) -> str:
        """One line of single spaces: padding does not count as words."""
        return " ".join(str(self.cleaned_data["note"]).split())
