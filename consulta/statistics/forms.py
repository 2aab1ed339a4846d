"""What a panel is asked for. Filters identify nobody: they stand in the address, so that a panel has a link."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.http import HttpRequest

from registry.figures import catalogue as of
from registry.figures.keys import REGIMES
from registry.labels import choices, label
from registry.models import Unit
from registry.selectors.figures.cube import HEADLINE, Filters

EVERY: Final = "TODAS"
FILTERS: Final = ("dia", "uf", "unidade", "modalidade", "regime", "sexo", "idade")


def query_of(request: HttpRequest) -> dict[str, str]:
    """The filters in an address, for links with the same ones."""
    return {name: value for name in FILTERS if (value := request.GET.get(name, ""))}


class PanelForm(forms.Form):
    """Date, place and who. What makes no sense is left at its usual value."""

    dia = forms.DateField(label="Data", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    uf = forms.ChoiceField(label="UF", required=False)
    unidade = forms.ChoiceField(label="Estabelecimento", required=False)
    modalidade = forms.ChoiceField(label="Modalidade", required=False)
    regime = forms.ChoiceField(label="Regime", required=False)
    sexo = forms.ChoiceField(label="Sexo", required=False)
    idade = forms.ChoiceField(label="Faixa etária", required=False)

    def __init__(self, *args: Any, ufs: Iterable[str], units: Iterable[tuple[str, str]], exact: bool, **more: Any):
        """`ufs` and `units` (id and name, of the state chosen) are what may be chosen; not `exact`: fewer filters."""
        super().__init__(*args, **more)
        self._choose("uf", "Brasil", [(uf, uf) for uf in ufs])
        self._choose("unidade", "Todos", units)
        modalities = [(each.code, str(each)) for each in choices("modalidade_custodia")]
        self.fields["modalidade"].choices = [*modalities, *([(EVERY, "Todas")] if exact else [])]  # type: ignore[attr-defined]
        self._choose("regime", "Todos", [(code, str(label("regime", code))) for code in REGIMES])
        self._choose("sexo", "Todos", [(each.code, str(each)) for each in choices("sexo")])
        self._choose("idade", "Todas", [(each.code, each.text) for each in of.AGE.categories])
        if not exact:
            for name in ("unidade", "regime", "sexo", "idade"):
                del self.fields[name]

    def filters(self) -> Filters:
        """What was chosen, as the registry takes it."""
        self.is_valid()
        found = self.cleaned_data
        modality = found.get("modalidade") or HEADLINE
        unit = Unit.objects.filter(public_id=found["unidade"]).first() if found.get("unidade") else None
        return Filters(
            uf=found.get("uf", ""), unit=unit.pk if unit else None, modality="" if modality == EVERY else modality,
            regime=found.get("regime", ""), sex=found.get("sexo", ""), age=found.get("idade", ""),
        )  # fmt: skip

    def _choose(self, name: str, nothing: str, options: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", nothing), *options]  # type: ignore[attr-defined]
