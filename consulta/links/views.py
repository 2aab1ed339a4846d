"""The links of a person: the page, a node opened in the graph, a path to another person, a file."""

import uuid
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from consulta import access as gate
from consulta import rendering
from consulta.access import Access, Action, Shown
from consulta.links import files, present
from consulta.links.forms import ExportForm, LinksForm, PathForm
from consulta.profile import grounds
from consulta.profile.finding import Moved, find, find_current
from credentialing import stepping
from registry.selectors.links import LinkCriteria, Neighbourhood, Paths, neighbourhood, paths
from registry.selectors.people.subject import Subject

FIELDS: Final = ("vinculos",)
# Links in one file.
MOST_EXPORTED: Final = 2_000
NOT_FOUND: Final = "Não há pessoa com este identificador, ou ela está fora do que você pode ver."
SAME: Final = "É a mesma pessoa. Informe outra para traçar o caminho."


@require_GET
def links(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The page: table, graph, filters, the form of a path."""
    form = LinksForm(request.GET)
    criteria = form.criteria
    asked = _asked(request, person, criteria, page=form.page)
    access = gate.open_request(request, Action.LINKS, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:links", moved.public_id)
    grounds.require(subject, asked)
    found = around(subject, criteria, access, page=form.page)
    return _page(request, access, found, form, PathForm(auto_id="caminho_%s"))


@require_POST
def expand(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The neighbours of one node of the graph, in JSON: a disclosure of its own."""
    form = LinksForm(request.POST)
    criteria = form.criteria
    asked = _asked(request, person, criteria, skip=form.skip)
    access = gate.open_request(request, Action.LINKS, asked=asked)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        raise Http404 from moved
    grounds.require(subject, asked)
    found = around(subject, criteria, access, skip=form.skip)
    shown = Shown(persons=present.drawn_persons(found), fields=FIELDS)
    return rendering.data(access, present.graph(found, form.skip), shown=shown)


@require_POST
def path(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The shortest paths to another person: a fragment for htmx, a page otherwise."""
    form, links_form = PathForm(request.POST, auto_id="caminho_%s"), LinksForm(request.POST)
    criteria = links_form.criteria
    other = form.cleaned_data["outra"] if form.is_valid() else None
    asked = _asked(request, person, criteria) | ({"other": str(other)} if other else {})
    access = gate.open_request(request, Action.PATH, asked=asked)
    subject = find_current(person, access)
    end = _end(form, other, access, subject)
    found = paths(subject.person.pk, end.person.pk, criteria, access.scope) if end else None
    if request.headers.get("HX-Request") == "true" or found:
        return _path_answer(request, access, form, subject, end, found)
    return _page(request, access, around(subject, criteria, access), links_form, form, status=422)


@require_POST
def export(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The links as CSV or GraphML, the MOST_EXPORTED strongest: a disclosure of its own."""
    stepping.require(request)
    chosen, form = ExportForm(request.POST), LinksForm(request.POST)
    criteria = form.criteria
    kind = chosen.cleaned_data["formato"] if chosen.is_valid() else None
    asked = _asked(request, person, criteria, format=kind)
    access = gate.open_request(request, Action.LINKS_EXPORT, asked=asked)
    subject = find_current(person, access)
    grounds.require(subject, asked)
    if kind is None:
        return HttpResponseBadRequest("Escolha CSV ou GraphML.", content_type="text/plain; charset=utf-8")
    found = around(subject, criteria, access, size=MOST_EXPORTED, drawing=False)
    shown = Shown(persons=present.page_persons(found), fields=FIELDS, extra={"format": kind, "links": len(found.rows)})
    made, content_type = (
        (files.as_csv, "text/csv; charset=utf-8") if kind == "csv" else (files.as_graphml, "application/graphml+xml")
    )
    answer = rendering.file(access, made(found, access), content_type, shown=shown)
    answer["Content-Disposition"] = f'attachment; filename="vinculos-{access.receipt}.{kind}"'
    return answer


def around(subject: Subject, criteria: LinkCriteria, access: Access, **how: Any) -> Neighbourhood:
    """The links of the person within the scope. Raises Http404 when no state holds a record of them any more."""
    found = neighbourhood(subject, criteria, access.scope, **how)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, person: uuid.UUID, criteria: LinkCriteria, **more: Any) -> dict[str, Any]:
    chosen = {name: value for name, value in more.items() if value}
    return {"person": str(person), **criteria.asked, **chosen, **grounds.given(request, person)}


def _end(form: PathForm, other: uuid.UUID | None, access: Access, subject: Subject) -> Subject | None:
    """The other end, or None with the reason among the form's errors."""
    if other is None:
        return None
    try:
        end = find_current(other, access)
    except Http404:
        form.add_error("outra", NOT_FOUND)
        return None
    if end.person.pk == subject.person.pk:
        form.add_error("outra", SAME)
        return None
    return end


def _page(
    request: HttpRequest, access: Access, found: Neighbourhood, form: LinksForm, path_form: PathForm, status: int = 200
) -> HttpResponse:
    base = reverse("consulta:links", args=[found.focus.public_id])
    kept = [(name, value) for name in ("tipo", "forca", "desde", "ate") for value in form.data.getlist(name) if value]  # type: ignore[attr-defined]
    context = {
        "links": present.page(found, form.criteria, kept, base),
        "form": form,
        "path_form": path_form,
        "kept": kept,
        "stamp": files.stamp(access),
        "active": "search",
    }
    shown = Shown(persons=present.page_persons(found), fields=FIELDS, extra={"total": found.total, "page": found.page})
    answer = rendering.page(request, access, "consulta/links/page.html", context, shown=shown)
    answer.status_code = status
    return answer


def _path_answer(
    request: HttpRequest, access: Access, form: PathForm, subject: Subject, end: Subject | None, found: Paths | None
) -> HttpResponse:
    fragment = request.headers.get("HX-Request") == "true"
    ends = [one.public_id for one in (subject, end) if one]
    context = {
        "path_form": form,
        "links_url": reverse("consulta:links", args=[subject.public_id]),
        "path": present.path(found) if found else None,
        "path_url": reverse("consulta:links-path", args=[subject.public_id]),
        "active": "search",
    }
    persons = present.path_persons(found, ends) if found else ()
    shown = Shown(persons=persons, fields=("caminho",), extra={"ending": found.ending.value} if found else {})
    template = "consulta/links/_path.html" if fragment else "consulta/links/path.html"
    answer = rendering.page(request, access, template, context, shown=shown)
    answer.status_code = 200 if found else 422
    return answer
