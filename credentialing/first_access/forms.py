"""What is asked of whoever takes an account over."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import RegexValidator

from credentialing.models import User

# Django's form classes are generic for the type checker only.
if TYPE_CHECKING:
    PasswordTwice = SetPasswordForm[User]
else:
    PasswordTwice = SetPasswordForm


class HandedCodeForm(forms.Form):
    """The code that whoever approved handed over."""

    code = forms.CharField(
        label="Código de entrega",
        max_length=11,
        min_length=10,
        help_text="Dez letras e números, que recebe de quem aprovou a sua solicitação.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """As it was made: small letters, a hyphen in the middle."""
        typed = "".join(letter for letter in self.cleaned_data["code"].lower() if letter.isalnum())
        return f"{typed[:5]}-{typed[5:]}"


class TakeOverForm(PasswordTwice):
    """A password, twice, and the first code of the authenticator."""

    otp_token = forms.CharField(
        label="Código de verificação",
        max_length=6,
        help_text="Os 6 dígitos que o aplicativo mostra depois de ler a imagem.",
        validators=[RegexValidator(r"^[0-9]{6}$", "O código tem 6 dígitos.")],
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Senha"
        self.fields["new_password1"].help_text = (
            "Pelo menos 15 caracteres; quatro ou cinco palavras sem ligação entre si são fáceis de lembrar. "
            "Senhas que já vazaram não são aceitas."
        )
        self.fields["new_password2"].label = "Senha, de novo"
