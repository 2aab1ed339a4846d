"""What a list of crossings is asked for on screen. Filters identify nobody: they may stand in the address."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms

from registry.models import CrossingKind
from registry.selectors.crossing import LEAST, LISTS, CrossingCriteria

# Address of a list → its name in the registry.
SLUGS: Final[Mapping[str, str]] = {
    "visitante-preso": "visitor-prisoner",
    "visitante-de-muitos": "visitor-of-many",
    "contato-em-comum": "contact",
    "fraude": "fraud",
    "advogado-visitante": "lawyer-visitor",
    "advogado-preso": "lawyer-prisoner",
    "advogado-de-muitos": "lawyer-of-many",
}
MARKS: Final[Mapping[str, Mapping[str, str]]] = {
    "visitor-prisoner": {
        "held_visit": "visitou quando constava preso",
        "together": "visita quem esteve preso na mesma unidade",
        "held_now": "preso agora",
        "elsewhere": "visita em um estado e foi preso em outro",
    },
    "contact": {"across": "em estados diferentes", "held_now": "um deles preso agora"},
    "fraud": {"across": "em estados diferentes", "held_now": "um deles preso agora", "alike": "pode ser uma só pessoa"},
    "lawyer-visitor": {"held_now": "preso agora"},
    "lawyer-prisoner": {"held_now": "preso agora"},
}
_FEWEST: Final = {"visitor-of-many": 2, "lawyer-of-many": 5}
SHORTEST_REASON: Final = 15


class CrossingForm(forms.Form):
    """The filters; those that a list does not have are taken out."""

    uf = forms.ChoiceField(label="UF", required=False)
    unidade = forms.ChoiceField(label="Estabelecimento", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False)
    sinal = forms.ChoiceField(label="Situação", required=False)
    desde = forms.DateField(label="Último fato desde", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    minimo = forms.IntegerField(label="Presos, no mínimo", min_value=2, max_value=10_000, required=False)
    estados = forms.IntegerField(label="Estados, no mínimo", min_value=1, max_value=27, required=False)
    unidades = forms.IntegerField(label="Unidades, no mínimo", min_value=0, max_value=1_000, required=False)
    distantes = forms.BooleanField(label="Sem parentes próximos autorizados", required=False)
    pagina = forms.IntegerField(min_value=1, max_value=1_000, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, of: str, ufs: Iterable[str] = (), units: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """`ufs` and `units` (id and name, of the state chosen) are what may be chosen."""
        super().__init__(*args, **kwargs)
        self.of = of
        self._choose("uf", "Todas", [(uf, uf) for uf in ufs])
        self._choose("unidade", "Todos", units)
        self._choose("tipo", "Todos", [(kind.value, kind.label) for kind in LISTS[of]])
        self._choose("sinal", "Todas", MARKS.get(of, {}).items())
        if of in LEAST:
            self.fields["minimo"].min_value = _FEWEST[of]  # type: ignore[attr-defined]
        for name in self._without():
            del self.fields[name]

    def _choose(self, name: str, anything: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", anything), *choices]  # type: ignore[attr-defined]

    def _without(self) -> Iterable[str]:
        """Fields that this list does not have."""
        many = self.of in LEAST
        absent = {"minimo": not many, "estados": not many, "unidades": not many}
        absent |= {"distantes": self.of != "visitor-of-many", "tipo": len(LISTS[self.of]) < 2}
        absent |= {"sinal": self.of not in MARKS, "unidade": len(self.fields["unidade"].choices) < 2}  # type: ignore[attr-defined]
        return [name for name, away in absent.items() if away]

    @property
    def criteria(self) -> CrossingCriteria:
        """What was asked; what makes no sense is left out."""
        self.is_valid()
        told = self.cleaned_data
        return CrossingCriteria(
            of=self.of,
            kind=CrossingKind(told["tipo"]) if told.get("tipo") else None,
            mark=told.get("sinal") or "",
            uf=told.get("uf") or "",
            unit=uuid.UUID(told["unidade"]) if told.get("unidade") else None,
            since=told.get("desde"),
            least=max(told.get("minimo") or LEAST.get(self.of, 1), _FEWEST.get(self.of, 2)),
            states=told.get("estados") or 1,
            places=told.get("unidades") or 0,
            distant=bool(told.get("distantes")),
        )

    @property
    def page(self) -> int:
        """The page asked for; call it after `criteria`."""
        return self.cleaned_data.get("pagina") or 1


class ReasonForm(forms.Form):
    """Why lawyers are to be listed. Stays in the audit, and in no address."""

    reason = forms.CharField(
        label="Motivo",
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Fatos que justificam listar advogados: fica na auditoria, com o seu nome.",
        error_messages={"min_length": "Escreva ao menos 15 caracteres: o fato que justifica a consulta."},
    )


def query_of(criteria: CrossingCriteria) -> dict[str, Any]:
    """The criteria as the address carries them."""
    told: dict[str, Any] = {
        "uf": criteria.uf,
        "unidade": criteria.unit or "",
        "tipo": criteria.kind.value if criteria.kind else "",
        "sinal": criteria.mark,
        "desde": criteria.since.isoformat() if isinstance(criteria.since, date) else "",
        "distantes": "on" if criteria.distant else "",
    }
    if criteria.is_of_many:
        told |= {"minimo": criteria.least, "estados": criteria.states, "unidades": criteria.places}
    return {name: str(value) for name, value in told.items() if value}
