"""What is asked of a follow, of its decision, and of the e-mails."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from consulta.models import FollowKind, NoticeSettings
from consulta.work.follows.asking import Terms

MOST_DAYS: Final = 180
LEAST_REASON: Final = 15
OF_PERSON: Final = [(kind.value, kind.label) for kind in FollowKind if kind != FollowKind.ANSWER]

# Django's form classes are generic for the type checker only.
if TYPE_CHECKING:
    SettingsModelForm = forms.ModelForm[NoticeSettings]
else:
    SettingsModelForm = forms.ModelForm


def _date(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class FollowForm(forms.Form):
    """Term, reason and basis; a search has no kinds to choose."""

    kinds = forms.MultipleChoiceField(
        label="Avisar de", choices=OF_PERSON, widget=forms.CheckboxSelectMultiple, required=False
    )
    since = forms.DateField(label="De", widget=_date())
    until = forms.DateField(label="Até", widget=_date(), help_text=f"No máximo {MOST_DAYS} dias; pode ser renovado.")
    most_days = forms.IntegerField(
        label="Ignorar fatos com mais de (dias)",
        min_value=1,
        max_value=365,
        help_text="O que aconteceu antes disso e só agora foi informado não gera aviso.",
    )
    basis = forms.CharField(label="Fundamento legal ou procedimento", min_length=3, max_length=160)
    reason = forms.CharField(
        label="Motivo",
        min_length=LEAST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Não escreva o nome da pessoa: quem aprova decide sem ver de quem se trata.",
    )

    def __init__(self, data: Any = None, *, of_search: bool = False) -> None:
        today = timezone.localdate()
        initial = {
            "kinds": [value for value, _ in OF_PERSON],
            "since": today,
            "until": today + timedelta(days=60),
            "most_days": 30,
        }
        super().__init__(data, initial=initial)
        if of_search:
            del self.fields["kinds"]
        for name in ("basis", "reason"):
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")

    def clean_kinds(self) -> list[str]:
        """At least one."""
        kinds: list[str] = self.cleaned_data["kinds"]
        if not kinds:
            raise forms.ValidationError("Escolha ao menos um tipo de aviso.")
        return kinds

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until:
            if until < timezone.localdate() or until < since:
                self.add_error("until", "O fim do prazo não pode ser antes do início nem de hoje.")
            elif until - max(since, timezone.localdate()) > timedelta(days=MOST_DAYS):
                self.add_error("until", f"O prazo máximo é de {MOST_DAYS} dias.")
        return cleaned

    @property
    def terms(self) -> Terms:
        """What a valid form asks."""
        given = self.cleaned_data
        return Terms(
            kinds=given.get("kinds") or [FollowKind.ANSWER.value],
            since=given["since"],
            until=given["until"],
            most_days=given["most_days"],
            reason=" ".join(given["reason"].split()),
            basis=given["basis"],
        )


class SettingsForm(SettingsModelForm):
    """How often to write, and when not to."""

    class Meta:
        model = NoticeSettings
        fields = ["every_hours", "quiet_from", "quiet_until"]
        widgets = {
            "every_hours": forms.Select(choices=[(0, "Nunca"), (1, "1 hora"), (4, "4 horas"), (24, "1 dia")]),
            "quiet_from": forms.TimeInput(attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}),
        }

    def clean_every_hours(self) -> int:
        """One of the choices."""
        hours: int = self.cleaned_data["every_hours"]
        if hours not in (0, 1, 4, 24):
            raise forms.ValidationError("Escolha uma das frequências.")
        return hours
