"""What is written in folders."""

from django import forms

from consulta.models.folder import Credibility, Reliability

_QUIET = {"autocomplete": "off", "spellcheck": "false"}


class FolderForm(forms.Form):
    """A new folder."""

    title = forms.CharField(label="Título", max_length=120, widget=forms.TextInput(attrs=_QUIET))
    case = forms.CharField(
        label="Procedimento ou operação", max_length=120, min_length=3, widget=forms.TextInput(attrs=_QUIET)
    )


class PersonForm(forms.Form):
    """A person into a folder."""

    pasta = forms.UUIDField()
    why = forms.CharField(max_length=300, required=False)


class SearchForm(forms.Form):
    """A saved search into a folder."""

    busca = forms.UUIDField()


class NoteForm(forms.Form):
    """A note and the evaluation of its source."""

    text = forms.CharField(
        label="Nota", max_length=4000, min_length=3, widget=forms.Textarea(attrs={"rows": 4, **_QUIET})
    )
    reliability = forms.ChoiceField(label="Fonte", choices=[("", "Avalie a fonte"), *Reliability.choices])
    credibility = forms.TypedChoiceField(
        label="Informação", choices=[("", "Avalie a informação"), *Credibility.choices], coerce=int
    )


class ShareForm(forms.Form):
    """A colleague."""

    username = forms.CharField(label="Usuário do colega", max_length=60, widget=forms.TextInput(attrs=_QUIET))
    may_write = forms.BooleanField(label="Pode acrescentar", required=False)
