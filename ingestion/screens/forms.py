"""What the pages of a source may be asked. Views, codes, days and ids: nothing here identifies anybody."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import TextChoices

from ingestion.contract import LOAD_ORDER, VIEWS
from ingestion.models import RejectionStatus, Rule
from ingestion.models.quarantine import STANDING
from ingestion.reasons import ReasonCode
from ingestion.screens.present.connectors import SORTS
from ingestion.screens.present.quality import LABELS, OF_FIELDS
from ingestion.screens.present.states import WORDS, State
from ingestion.screens.words import reason
from ingestion.selectors.rejections import Filters
from registry.models import FindingStatus
from registry.services.findings.treating import CHOICES

LARGEST = 2**63 - 1


class Standing(TextChoices):
    """Statuses to look for; the first when nothing is asked."""

    STANDING = "", "Abertas e em espera"
    OPEN = "abertas", "Abertas"
    WAITING = "espera", "À espera da próxima carga"
    REPROCESSED = "reprocessadas", "Reprocessadas"
    SUPERSEDED = "superadas", "Superadas"
    ALL = "todas", "Todas"


STATUSES: dict[str, tuple[str, ...]] = {
    Standing.STANDING: STANDING,
    Standing.OPEN: (RejectionStatus.OPEN,),
    Standing.WAITING: (RejectionStatus.WAITING,),
    Standing.REPROCESSED: (RejectionStatus.REPROCESSED,),
    Standing.SUPERSEDED: (RejectionStatus.SUPERSEDED,),
    Standing.ALL: tuple(RejectionStatus.values),
}


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class QuarantineForm(forms.Form):
    """The filters of the quarantine, by GET: closed lists, days and ids, so that nothing else gets into an address.

    `linha` is one row; `apos` is where reading rows again goes on.
    """

    visao = forms.ChoiceField(
        label="Visão", required=False, choices=[("", "Todas"), *((view, view) for view in LOAD_ORDER)]
    )
    motivo = forms.ChoiceField(
        label="Motivo", required=False, choices=[("", "Todos"), *((code.value, reason(code)) for code in ReasonCode)]
    )
    campo = forms.ChoiceField(label="Campo", required=False)
    situacao = forms.ChoiceField(label="Situação", required=False, choices=Standing.choices)
    carga = forms.IntegerField(label="Carga", required=False, min_value=1, max_value=LARGEST)
    de = _day("Rejeitadas de")
    ate = _day("até")
    linha = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    apos = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_fields({field.name for view in VIEWS.values() for field in view.fields})

    def offer_fields(self, names: Iterable[str]) -> None:
        """Let these fields be chosen, besides the one that is."""
        chosen: str = getattr(self, "cleaned_data", {}).get("campo") or ""
        offered = sorted({*names, chosen} - {""})
        self.fields["campo"].choices = [("", "Todos"), *((name, name) for name in offered)]  # type: ignore[attr-defined]

    @property
    def filters(self) -> Filters:
        """The filters of a form that was validated; what makes no sense asks nothing."""
        given = self.cleaned_data
        return Filters(
            view=given.get("visao", ""),
            reason=given.get("motivo", ""),
            field=given.get("campo", ""),
            statuses=STATUSES[given.get("situacao", "")],
            load=given.get("carga"),
            row=given.get("linha"),
            since=given.get("de"),
            until=given.get("ate"),
        )

    @property
    def after(self) -> int:
        """The row to go on after; 0 from the beginning."""
        return self.cleaned_data.get("apos") or 0

    @property
    def query(self) -> dict[str, str]:
        """The filters that were filled in, as they stand in the address."""
        given = {name: self.cleaned_data.get(name) for name in self.fields if name != "apos"}
        return {name: str(value) for name, value in given.items() if value}


class ConnectorsForm(forms.Form):
    """The filters and the order of the table of sources, by GET."""

    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[
            ("", "Todas"),
            ("problema", "Exigem ação"),
            *((state.value, WORDS[state].label) for state in State),
        ],
    )
    regra = forms.ChoiceField(label="Regra", required=False, choices=[("", "Todas"), *Rule.choices])
    ordem = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=forms.HiddenInput)
    sentido = forms.ChoiceField(required=False, choices=[("asc", "asc"), ("desc", "desc")], widget=forms.HiddenInput)

    @property
    def asked(self) -> dict[str, str]:
        """What was filled in and makes sense."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def filtered(self) -> bool:
        return bool({"situacao", "regra"} & self.asked.keys())


class PauseForm(forms.Form):
    """Why a source stops loading."""

    motivo = forms.CharField(label="Motivo da pausa", max_length=200, min_length=5)


class AnswerForm(forms.Form):
    """What a person says of the removals of one view."""

    visao = forms.ChoiceField(choices=[(view, view) for view in LOAD_ORDER])
    resposta = forms.ChoiceField(choices=[("aprovar", "aprovar"), ("recusar", "recusar")])


class QualityForm(forms.Form):
    """The filters of a source's quality, by GET."""

    visao = forms.ChoiceField(
        label="Visão", required=False, choices=[("", "Todas"), *((view, view) for view in LOAD_ORDER)]
    )
    dimensao = forms.ChoiceField(
        label="Piores em",
        required=False,
        choices=[("", "Todas as dimensões"), *((one.value, LABELS[one][0]) for one in OF_FIELDS)],
    )

    @property
    def asked_view(self) -> str:
        return str(self.cleaned_data.get("visao", ""))

    @property
    def asked_dimension(self) -> str:
        return str(self.cleaned_data.get("dimensao", ""))


class FindingStanding(TextChoices):
    """Findings to look for; the first when nothing is asked."""

    OPEN = "", "Abertos e em tratamento"
    DISMISSED = "descartados", "Descartados"
    RESOLVED = "resolvidos", "Resolvidos"
    ALL = "todos", "Todos"


FINDING_STATUSES: dict[str, tuple[FindingStatus, ...]] = {
    FindingStanding.OPEN: (FindingStatus.OPEN, FindingStatus.ACKNOWLEDGED),
    FindingStanding.DISMISSED: (FindingStatus.DISMISSED,),
    FindingStanding.RESOLVED: (FindingStatus.RESOLVED,),
    FindingStanding.ALL: tuple(FindingStatus),
}


class FindingsForm(forms.Form):
    """The filter of a rule's findings, by GET."""

    situacao = forms.ChoiceField(label="Situação", required=False, choices=FindingStanding.choices)

    @property
    def statuses(self) -> tuple[FindingStatus, ...]:
        return FINDING_STATUSES[self.cleaned_data.get("situacao", "")]

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class TreatForm(forms.Form):
    """What is done about a finding. A dismissal says why."""

    situacao = forms.ChoiceField(label="Situação", choices=[(one.value, one.label) for one in CHOICES])
    responsavel = forms.CharField(label="Responsável", max_length=80, required=False)
    nota = forms.CharField(
        label="Nota",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Fica no histórico. Não escreva nomes nem números de documentos.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("situacao") == FindingStatus.DISMISSED and not given.get("nota", "").strip():
            self.add_error("nota", "Diga por que o achado é descartado.")
        return given

    @property
    def treatment(self) -> dict[str, Any]:
        """Arguments of `findings.treat`."""
        given = self.cleaned_data
        return {
            "status": FindingStatus(given["situacao"]),
            "owner": given["responsavel"],
            "note": given["nota"],
        }
