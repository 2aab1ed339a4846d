"""The dossier of a person: choosing its sections, and the PDF."""

import uuid
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from consulta import rendering
from consulta.access import Access, Action, Shown, open_request
from consulta.profile import grounds
from consulta.profile.finding import Moved, find
from consulta.profile.present.banner import banner
from consulta.work.dossier.compose import choices, compose
from consulta.work.issuing import issue
from credentialing import stepping
from registry.selectors.people.subject import Subject
from senappen.lib import pdf

UNAVAILABLE: Final = (
    "Este servidor não tem as bibliotecas que compõem o PDF (libpango-1.0-0 e libpangoft2-1.0-0). "
    "Peça à equipe de operação que as instale; a ficha pode ser impressa enquanto isso."
)


class SectionsForm(forms.Form):
    """Which parts of the profile go into the document."""

    secoes = forms.MultipleChoiceField(
        label="Seções",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Escolha ao menos uma seção."},
    )

    def __init__(self, options: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, initial={"secoes": [slug for slug, _ in options]})
        self.fields["secoes"].choices = options  # type: ignore[attr-defined]


@require_GET
def choose(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The form."""
    asked = {"person": str(person), **grounds.given(request, person)}
    access = open_request(request, Action.DOSSIER, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:dossier", moved.public_id)
    grounds.require(subject, asked)
    return _form(request, access, subject, SectionsForm(choices(subject, access.scope)))


@require_POST
def make(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The PDF: its digest is in the audit before it leaves."""
    stepping.require(request)
    asked = {"person": str(person), "sections": request.POST.getlist("secoes")[:40], **grounds.given(request, person)}
    access = open_request(request, Action.DOSSIER, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:dossier", moved.public_id)
    grounds.require(subject, asked)
    form = SectionsForm(choices(subject, access.scope), request.POST)
    if not form.is_valid():
        return _form(request, access, subject, form, status=422)
    try:
        return document(request, access, subject, form.cleaned_data["secoes"])
    except pdf.Unavailable:
        return _form(request, access, subject, form, status=503)


def document(request: HttpRequest, access: Access, subject: Subject, chosen: list[str]) -> rendering.Disclosed:
    """The file, disclosed with its SHA-256. Raises pdf.Unavailable."""
    made = compose(subject, access, chosen, str(getattr(request, "reference", "")))
    content = pdf.render(made.html, made.pictures, made.drawing)
    detail = {"sections": list(chosen), "photos": list(made.pictures)}
    name = f"dossie-{access.receipt}.pdf"
    return issue(access, content, "application/pdf", name, shown=made.shown, **detail)


def _form(
    request: HttpRequest, access: Access, subject: Subject, form: SectionsForm, status: int = 200
) -> rendering.Disclosed:
    available = pdf.is_available()
    context = {
        "person": banner(subject, None, None),
        "form": form,
        "unavailable": "" if available else UNAVAILABLE,
        "active": "search",
    }
    shown = Shown(persons=(subject.public_id,), fields=("nome",))
    answer = rendering.page(request, access, "consulta/work/dossier/page.html", context, shown=shown)
    answer.status_code = status
    return answer
