"""What a reviewer sends."""

from typing import Any

from django import forms

from registry.models import RecordKind, Verdict
from registry.selectors.reviewing.queue import SHOWN_CAUSES


class FilterForm(forms.Form):
    """The filters of the queue, a plain GET: nothing in them is about a person."""

    motivo = forms.ChoiceField(
        label="Motivo", required=False, choices=[("", "Todos"), *((cause.value, cause.label) for cause in SHOWN_CAUSES)]
    )
    uf = forms.ChoiceField(label="UF", required=False)
    tipo = forms.ChoiceField(label="Tipo de registro", required=False, choices=[("", "Todos"), *RecordKind.choices])
    segundo = forms.BooleanField(label="Só os que já têm um voto", required=False)
    meus = forms.BooleanField(label="Só os meus", required=False)

    def __init__(self, *args: Any, ufs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uf"].choices = [("", "Todas"), *((uf, uf) for uf in ufs)]  # type: ignore[attr-defined]
        for name in ("segundo", "meus"):
            self.fields[name].widget.attrs["value"] = "1"


class VoteForm(forms.Form):
    """A vote. `seen` is the token of the page it was cast on."""

    verdict = forms.TypedChoiceField(choices=Verdict.choices, coerce=Verdict)
    seen = forms.CharField(max_length=600)
    note = forms.CharField(max_length=500, required=False)


class RevokeForm(forms.Form):
    """Why a judgement is taken back."""

    reason = forms.CharField(
        label="Por que revogar",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "true"}),
        error_messages={
            "required": "Diga por que o julgamento está errado.",
            "min_length": "Explique em pelo menos 10 caracteres.",
        },
    )
