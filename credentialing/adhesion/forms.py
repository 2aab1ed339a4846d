"""Forms of adhesion, suspension, term and substitutes."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.validators import MinLengthValidator
from django.utils import timezone

from credentialing.activities import Activity
from credentialing.adhesion.asking import Place
from credentialing.models import AdhesionRequest, AdhesionState, Agency, Indication
from credentialing.models.adhesion import INDICATED
from credentialing.roles import LABELS

REASON_LEAST: Final = 10
UFS: Final = (
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA", "PB", "PE", "PI", "PR",
    "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
)  # fmt: skip

# Django's form classes are generic for the type checker only.
if TYPE_CHECKING:
    AdhesionModelForm = forms.ModelForm[AdhesionRequest]
    IndicationModelForm = forms.ModelForm[Indication]
else:
    AdhesionModelForm = IndicationModelForm = forms.ModelForm


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AdhesionForm(AdhesionModelForm):
    """The agency and its term."""

    uf = forms.ChoiceField(label="UF", required=False, choices=[("", "Federal ou nacional"), *((uf, uf) for uf in UFS)])

    activities = forms.MultipleChoiceField(
        label="Atividades do termo",
        choices=Activity.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Escolha ao menos uma atividade."},
        help_text="Ninguém do órgão é credenciado para outras.",
    )

    class Meta:
        model = AdhesionRequest
        fields = ["acronym", "name", "uf", "headcount", "legal_basis", "term", "valid_until", "activities"]
        widgets = {"valid_until": _day(), "legal_basis": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "acronym": "Como aparecerá na auditoria; não muda depois.",
            "headcount": "Servidores em exercício. Decide quantos gestores regionais o órgão pode ter.",
            "legal_basis": "A norma que dá ao órgão atribuição de segurança pública ou execução penal.",
            "term": "Número do termo de adesão ou do acordo (ACT) assinado.",
        }

    def clean_acronym(self) -> str:
        """Upper case, as acronyms are, and nobody's yet."""
        acronym = str(self.cleaned_data["acronym"]).strip().upper()
        if Agency.objects.filter(acronym__iexact=acronym).exists():
            raise forms.ValidationError("Já há um órgão com esta sigla.")
        others = AdhesionRequest.objects.exclude(pk=self.instance.pk).exclude(state=AdhesionState.REFUSED)
        if others.filter(acronym=acronym).exists():
            raise forms.ValidationError("Já há um pedido de adesão com esta sigla.")
        return acronym

    def clean_valid_until(self) -> date:
        day: date = self.cleaned_data["valid_until"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Informe um dia que ainda não passou.")
        return day


class PersonForm(IndicationModelForm):
    """One person indicated; each form of the page has its place as prefix."""

    class Meta:
        model = Indication
        fields = ["full_name", "email", "registration"]


class RequestForms:
    """The forms of one page: the agency's, and one for each of the four places."""

    def __init__(self, data: Any = None, request: AdhesionRequest | None = None) -> None:
        self.agency = AdhesionForm(data, instance=request or AdhesionRequest())
        known = {(one.role, one.is_substitute): one for one in request.indications.all()} if request else {}
        self.people: dict[Place, PersonForm] = {
            (role, substitute): PersonForm(
                data, instance=known.get((role, substitute)), prefix=f"{role}{'-substitute' if substitute else ''}"
            )
            for role in INDICATED
            for substitute in (False, True)
        }

    def is_valid(self) -> bool:
        """All five, so that all errors show at once."""
        return all([self.agency.is_valid(), *(form.is_valid() for form in self.people.values())])

    @property
    def fields(self) -> dict[str, Any]:
        """Of valid forms: the agency's columns."""
        return dict(self.agency.cleaned_data)

    @property
    def indicated(self) -> dict[Place, dict[str, str]]:
        """Of valid forms: who is indicated for each place."""
        return {place: dict(form.cleaned_data) for place, form in self.people.items()}

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The people's forms under their headings."""
        return [
            {"title": f"{LABELS[role]}{' substituto' if substitute else ''}", "form": form}
            for (role, substitute), form in self.people.items()
        ]


class ReasonForm(forms.Form):
    """Why, in words somebody else understands a year later."""

    reason = forms.CharField(
        label="Motivo",
        max_length=500,
        validators=[MinLengthValidator(REASON_LEAST, f"Escreva o motivo em pelo menos {REASON_LEAST} caracteres.")],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionForm(forms.Form):
    """A step of a request: forwards needs no words, back does."""

    FORWARD: Final = ("validar", "aprovar")
    step = forms.ChoiceField(choices=[(name, name) for name in (*FORWARD, "devolver", "recusar")])
    reason = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("step") not in (*self.FORWARD, None) and len(given.get("reason", "").strip()) < REASON_LEAST:
            raise forms.ValidationError(f"Para devolver ou recusar, diga o motivo em pelo menos {REASON_LEAST} letras.")
        return given


class TermForm(ReasonForm):
    """Another last day of the adhesion."""

    until = forms.DateField(label="Válida até", widget=_day())
    field_order = ["until", "reason"]


class DesignationForm(ReasonForm):
    """The days a substitute acts."""

    since = forms.DateField(label="De", widget=_day())
    until = forms.DateField(label="Até", widget=_day())
    field_order = ["since", "until", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].max_length = 300  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and (until < since or until < timezone.localdate()):
            self.add_error("until", "O fim vem antes do começo, ou já passou.")
        return given
