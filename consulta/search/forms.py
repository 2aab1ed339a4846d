"""The criteria as an agent types them."""

from datetime import date
from typing import Any

from django import forms

from registry.selectors.search import Criteria, Narrowing, Precision
from registry.values.dates import BirthRange, parse_birth_query
from registry.values.errors import InvalidDate

PRECISIONS = (
    (Precision.EXACT.value, "Exata"),
    (Precision.SOUND.value, "Fonética e grafia próxima"),
    (Precision.BROAD.value, "Ampla"),
)
UNREAD_DOCUMENT = "Não parece CPF, RG, RJI, matrícula ou OAB."
NOTHING_ASKED = "Informe ao menos um nome, o nome da mãe ou do pai, um documento ou o nascimento."
NO_PLACE = "O período é da estada em uma unidade: informe qual."
BACKWARDS = "O período termina antes de começar."
NARROWING = ("place", "since", "until", "marks", "offence", "faction", "fresh")


class SearchForm(forms.Form):
    """The form of the page; the box in the header sends `q` alone."""

    q = forms.CharField(label="Nome, vulgo ou documento", max_length=200, required=False)
    mother = forms.CharField(label="Nome da mãe", max_length=200, required=False)
    father = forms.CharField(label="Nome do pai", max_length=200, required=False)
    birth = forms.CharField(
        label="Nascimento",
        max_length=30,
        required=False,
        help_text="Ano, mês/ano, data, 1989-1993, 1991±2 ou 30-35 anos",
    )
    document = forms.CharField(label="CPF, RG, RJI, matrícula ou OAB", max_length=40, required=False)
    precision = forms.ChoiceField(
        label="Precisão", choices=PRECISIONS, initial=Precision.SOUND.value, required=False, widget=forms.RadioSelect
    )

    place = forms.CharField(
        label="Esteve na unidade", max_length=120, required=False, help_text="Nome ou sigla, ou parte do nome"
    )
    since = forms.DateField(label="De", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="Até", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    marks = forms.CharField(label="Sinais e tatuagens", max_length=120, required=False)
    offence = forms.CharField(label="Artigo e lei", max_length=60, required=False, help_text="157, ou 33 11.343")
    faction = forms.CharField(label="Grupo ou facção", max_length=60, required=False)
    fresh = forms.BooleanField(label="Só estados com a carga em dia", required=False)

    def __init__(self, *args: Any, factions: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not factions:
            del self.fields["faction"]
        for name in self.fields.keys() - {"precision", "since", "until", "fresh"}:
            # Browsers would keep what was typed: personal data on a shared machine.
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")

    def clean_birth(self) -> BirthRange | None:
        """The dates meant, or None."""
        text: str = self.cleaned_data["birth"]
        try:
            return parse_birth_query(text) if text else None
        except InvalidDate as error:
            raise forms.ValidationError(f"Nascimento: {error.message}.") from error

    def clean_precision(self) -> Precision:
        """The precision chosen, by default that of sound."""
        return Precision(self.cleaned_data["precision"] or Precision.SOUND)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        criteria = self.criteria
        if problem := period_problem(criteria.narrowing.place, criteria.narrowing.since, criteria.narrowing.until):
            raise forms.ValidationError(problem)
        if criteria.has_unread_document:
            self.add_error("document", UNREAD_DOCUMENT)
        elif not criteria.is_selective:
            raise forms.ValidationError(NOTHING_ASKED)
        return cleaned

    @property
    def narrowing_fields(self) -> list[forms.BoundField]:
        """The fields that narrow the search, shown apart."""
        return [self[name] for name in NARROWING if name in self.fields]

    @property
    def is_narrowed(self) -> bool:
        """True if one of them is filled in."""
        return any(field.value() for field in self.narrowing_fields)

    @property
    def criteria(self) -> Criteria:
        """What was asked; call it on a valid form."""
        data = self.cleaned_data
        return Criteria(
            text=data["q"],
            mother=data["mother"],
            father=data["father"],
            birth=data["birth"],
            document=data["document"],
            precision=data["precision"],
            narrowing=Narrowing(**{name: data[name] for name in NARROWING if name in self.fields}),
        )


def initial(criteria: Criteria) -> dict[str, Any]:
    """The form's fields filled in again."""
    return {
        "q": f"{criteria.text} {criteria.name}".strip(),
        "mother": criteria.mother,
        "father": criteria.father,
        "birth": birth_text(criteria.birth),
        "document": criteria.document,
        "precision": criteria.precision.value,
        **{name: getattr(criteria.narrowing, name) for name in NARROWING},
    }


def period_problem(place: str, since: date | None, until: date | None) -> str:
    """Why a period cannot be asked for, in Brazilian Portuguese, or nothing."""
    if (since or until) and not place.strip():
        return NO_PLACE
    return BACKWARDS if since and until and since > until else ""


def birth_text(birth: BirthRange | None) -> str:
    """The shortest text that means the same dates."""
    if birth is None:
        return ""
    first, last = birth.first, birth.last
    if first == last:
        return f"{first:%d/%m/%Y}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first:%Y}" if first.year == last.year else f"{first:%Y}-{last:%Y}"
    return f"{first:%m/%Y}"
