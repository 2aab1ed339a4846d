"""A diagram as the browser sends it to be kept."""

import uuid
from typing import Any, Final

from django import forms

from consulta.models.diagram import Places
from registry.selectors.links.neighbourhood import MOST_NODES

FARTHEST: Final = 100_000  # points of the drawing, either way
_WRONG: Final = "O diagrama não chegou inteiro. Recarregue a página e tente de novo."
_CROWDED: Final = f"Um diagrama guarda até {MOST_NODES} pessoas. Oculte algumas e tente de novo."


class Crowded(ValueError):
    """More persons than a diagram keeps."""


def places_of(sent: Any) -> Places:
    """`{id: [x, y]}` as places. Raises Crowded beyond MOST_NODES persons, ValueError for anything else."""
    if not isinstance(sent, dict) or not sent:
        raise ValueError("not a drawing")
    if len(sent) > MOST_NODES:
        raise Crowded
    return {uuid.UUID(person): _place(place) for person, place in sent.items()}


def _place(place: Any) -> tuple[int, int]:
    if not isinstance(place, list) or len(place) != 2 or not all(type(one) in (int, float) for one in place):
        raise ValueError("not a place")
    x, y = (int(max(-FARTHEST, min(FARTHEST, one))) for one in place)
    return x, y


class DiagramForm(forms.Form):
    """The name its owner gives it, and where each person stands."""

    name = forms.CharField(
        label="Nome do diagrama",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Dê um nome ao diagrama para guardá-lo."},
    )
    places = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": _WRONG, "invalid": _WRONG})

    def clean_places(self) -> Places:
        """Checked: ids of persons, numbers, not too many."""
        try:
            return places_of(self.cleaned_data["places"])
        except Crowded as crowded:
            raise forms.ValidationError(_CROWDED) from crowded
        except ValueError as wrong:
            raise forms.ValidationError(_WRONG) from wrong
