"""The description of somebody missing, as a family tells it and an agent types it."""

from typing import Any, Final

from django import forms
from django.utils import timezone

from consulta.search.forms import birth_text
from registry import labels
from registry.selectors.missing import MissingCriteria
from registry.values.dates import BirthRange, parse_birth_query
from registry.values.errors import InvalidDate

NOTHING_ASKED: Final = "Informe ao menos um nome, o nome da mãe, um sinal ou tatuagem, ou o sexo com a idade."
_PRIVATE: Final = ("name", "mother", "birth", "age", "marks", "seen_on")


def _choices(domain: str, empty: str = "Não informado") -> list[tuple[str, str]]:
    return [("", empty), *((one.code, one.text) for one in labels.choices(domain) if one.code != "NAO_INFORMADO")]


class MissingForm(forms.Form):
    """Everything may be wrong or left out: the search tolerates it."""

    name = forms.CharField(label="Nome", max_length=200, required=False)
    mother = forms.CharField(label="Nome da mãe", max_length=200, required=False)
    birth = forms.CharField(
        label="Nascimento", max_length=30, required=False, help_text="Ano, mês/ano, data ou 1989-1993"
    )
    age = forms.IntegerField(
        label="Idade aproximada", min_value=0, max_value=120, required=False, help_text="No dia em que foi vista"
    )
    sex = forms.ChoiceField(label="Sexo", required=False)
    race = forms.ChoiceField(label="Cor da pele", required=False)
    marks = forms.CharField(
        label="Sinais, cicatrizes e tatuagens",
        max_length=300,
        required=False,
        help_text="O desenho e a parte do corpo: âncora no braço direito",
    )
    seen_on = forms.DateField(
        label="Vista pela última vez em", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    uf = forms.ChoiceField(label="Onde (UF)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _PRIVATE:
            # Browsers would keep what was typed: personal data on a shared machine.
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")
        for name, domain in (("sex", "sexo"), ("race", "raca_cor"), ("uf", "uf")):
            self.fields[name].choices = _choices(domain)  # type: ignore[attr-defined]

    def clean_birth(self) -> BirthRange | None:
        """The dates meant, or None."""
        text: str = self.cleaned_data["birth"]
        try:
            return parse_birth_query(text) if text else None
        except InvalidDate as error:
            raise forms.ValidationError(f"Nascimento: {error.message}.") from error

    def clean_seen_on(self) -> Any:
        """A day that has been."""
        seen = self.cleaned_data["seen_on"]
        if seen and seen > timezone.localdate():
            raise forms.ValidationError("A data está no futuro.")
        return seen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.criteria.is_selective:
            raise forms.ValidationError(NOTHING_ASKED)
        return cleaned

    @property
    def criteria(self) -> MissingCriteria:
        """What was told; call it on a valid form."""
        return MissingCriteria(**{name: self.cleaned_data[name] for name in self.base_fields})


def initial(criteria: MissingCriteria) -> dict[str, Any]:
    """The form's fields filled in again."""
    told = {name: getattr(criteria, name) for name in MissingForm.base_fields}
    return told | {"birth": birth_text(criteria.birth)}
