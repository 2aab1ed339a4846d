"""What a person calls a key, to tell it from the others."""

from django import forms


class NameForm(forms.Form):
    """The name of a passkey being added."""

    name = forms.CharField(
        label="Nome da chave",
        max_length=60,
        help_text="Por exemplo: chaveiro azul, notebook da unidade.",
        error_messages={"required": "Dê um nome à chave de acesso."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
