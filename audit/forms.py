"""The filters of the audit's screens."""

from django import forms

from audit.events import LABELS, Kind
from audit.selectors import Filters


class FilterForm(forms.Form):
    """GET: none of these identifies anybody but the platform's own users."""

    usuario = forms.CharField(label="Usuário", max_length=60, required=False)
    evento = forms.ChoiceField(
        label="Evento",
        required=False,
        choices=[("", "Todos"), *sorted(((kind.value, LABELS[kind]) for kind in Kind), key=lambda choice: choice[1])],
    )
    dia = forms.DateField(
        label="Dia", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    finalidade = forms.UUIDField(label="Finalidade (código)", required=False)

    @property
    def filters(self) -> Filters:
        """The filters of a valid form."""
        given = self.cleaned_data
        return Filters(
            username=given.get("usuario", ""),
            kind=given.get("evento", ""),
            day=given.get("dia"),
            purpose=given.get("finalidade"),
        )


class OwnFilterForm(FilterForm):
    """The same, of one's own events: whose is known."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["usuario"]
