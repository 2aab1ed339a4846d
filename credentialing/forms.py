"""Forms of entering and of declaring a purpose. The API and the command line validate purposes by the same one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MinLengthValidator, RegexValidator

from credentialing import policy
from credentialing.models import Activity, Purpose, User

CASE_REFERENCE_LEAST = 3
JUSTIFICATION_LEAST = 15

# Django's form classes are generic for the type checker only.
if TYPE_CHECKING:
    PurposeModelForm = forms.ModelForm[Purpose]
else:
    PurposeModelForm = forms.ModelForm


class PasswordForm(forms.Form):
    """First factor."""

    username = forms.CharField(
        label="Usuário",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label="Senha",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """Second factor: the six digits an authenticator application shows."""

    otp_token = forms.CharField(
        label="Código de verificação",
        max_length=6,
        validators=[RegexValidator(r"^[0-9]{6}$", "O código tem 6 dígitos.")],
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autofocus": True}
        ),
    )


class PurposeForm(PurposeModelForm):
    """What for: activity, case or operation, and a sentence that a corregedor can understand a year later."""

    justification = forms.CharField(
        label="Justificativa",
        max_length=500,
        help_text=f"Por que esta consulta é necessária, em pelo menos {JUSTIFICATION_LEAST} caracteres.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Purpose
        fields = ["activity", "case_reference"]
        help_texts = {"case_reference": "Número do processo, inquérito, ordem de missão ou nome da operação."}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """`user` is who declares: only activities they are credentialed for can be chosen."""
        super().__init__(*args, **kwargs)
        held = policy.activities(user)
        activity: Any = self.fields["activity"]
        activity.choices = [("", "Escolha a atividade"), *(one for one in Activity.choices if one[0] in held)]
        activity.error_messages["invalid_choice"] = "Você não está credenciado para esta atividade."
        for name, least, message in (
            ("case_reference", CASE_REFERENCE_LEAST, "Informe o número do procedimento ou o nome da operação."),
            (
                "justification",
                JUSTIFICATION_LEAST,
                f"Escreva pelo menos {JUSTIFICATION_LEAST} caracteres: quem audita precisa entender o motivo.",
            ),
        ):
            field = self.fields[name]
            field.validators.append(MinLengthValidator(least, message))
            field.widget.attrs["minlength"] = least

    def clean_justification(self) -> str:
        """One line of single spaces: padding does not count as words."""
        text = " ".join(str(self.cleaned_data["justification"]).split())
        if len(text) < JUSTIFICATION_LEAST:
            raise forms.ValidationError(f"Escreva pelo menos {JUSTIFICATION_LEAST} caracteres, sem contar espaços.")
        return text
