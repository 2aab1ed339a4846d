"""The form of a batch: a file and why so many people are looked up at once."""

from typing import Any

from django import forms

from consulta.batch import lines, tables
from consulta.batch.lines import Line

SHORTEST_REASON = 15


class BatchForm(forms.Form):
    """A CSV or XLSX file; `lines` holds what it asks once the form is valid."""

    file = forms.FileField(
        label="Arquivo CSV ou XLSX",
        help_text=f"Até {tables.MOST_LINES} linhas, com as colunas Nome, Mãe, Pai, Nascimento, CPF ou Documento; ou "
        "uma só coluna de nomes ou documentos",
        allow_empty_file=True,  # refused by `tables.read`, which says what to do
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    reason = forms.CharField(
        label="Motivo do lote",
        min_length=SHORTEST_REASON,
        max_length=300,
        help_text="De onde vem a lista e para que serve; fica na auditoria",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    lines: list[Line]

    def clean_file(self) -> Any:
        """The file, once its lines are read."""
        upload = self.cleaned_data["file"]
        if (upload.size or 0) > tables.MOST_BYTES:
            raise forms.ValidationError(f"O arquivo passa de {tables.MOST_BYTES // 1_000_000} MB. Divida-o em partes.")
        try:
            self.lines = lines.of_rows(tables.read(upload.read()))
        except tables.BadFile as error:
            raise forms.ValidationError(str(error)) from error
        return upload

    @property
    def told(self) -> dict[str, Any]:
        """What is kept; call it on a valid form."""
        return {"reason": self.cleaned_data["reason"], "lines": lines.to_told(self.lines)}
