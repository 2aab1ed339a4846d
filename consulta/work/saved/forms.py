"""The name of a saved search."""

from django import forms


class NameForm(forms.Form):
    """How its owner will recognise it."""

    name = forms.CharField(
        label="Nome da busca",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
