"""Lists of accounts and of requests: narrowed by state and profile, page by page."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from credentialing.roles import LABELS, Role
from senappen.lib.paging import pages

Row = TypeVar("Row", bound=Model)


class ProfileFilterForm(forms.Form):
    """The filter by profile; subclasses put that of the state, `situacao`, before it. What makes no sense is left
    out."""

    perfil = forms.ChoiceField(
        label="Perfil", required=False, choices=[("", "Todos"), *((one.value, LABELS[one]) for one in Role)]
    )
    field_order = ("situacao", "perfil")

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, by field."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}


def narrowed(
    request: HttpRequest,
    form: ProfileFilterForm,
    rows: Callable[[str, str], QuerySet[Row]],
    line: Callable[[Row], dict[str, Any]],
    *,
    size: int,
) -> dict[str, Any]:
    """The context of a list: `rows` of the state and profile chosen, `size` a page, each as `line` tells it."""
    chosen = form.chosen
    found = Paginator(rows(chosen.get("situacao", ""), chosen.get("perfil", "")), size).get_page(
        request.GET.get("pagina")
    )

    def address(number: int) -> str:
        return f"?{urlencode({**chosen, 'pagina': number})}"

    return {
        "form": form,
        "lines": [line(one) for one in found],
        "total": found.paginator.count,
        "filtered": bool(chosen),
        "pages": pages(found.number, found.paginator.num_pages, address),
    }
