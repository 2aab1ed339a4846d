"""Statistics: /estatisticas/, its panels and their files; the people behind a number go through the gate."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.marks import shows_no_person
from consulta.statistics import files, present, saved
from consulta.statistics.admission import Reader, admit
from consulta.statistics.forms import PanelForm, query_of
from consulta.statistics.panels import PANELS, Panel, Reading, read
from consulta.wording import named
from credentialing.roles import Permission
from registry.figures.catalogue import FIGURES
from registry.figures.declared import Counted, Span
from registry.selectors.figures.people import MOST, people
from registry.selectors.units.listing import known_ufs, units_of
from senappen.lib.wording import day as in_words


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """The first panel."""
    admit(request, {"panel": ""})
    return redirect("consulta:statistics-panel", "visao-geral")


@require_GET
@shows_no_person
def panel(request: HttpRequest, panel: str) -> HttpResponse:
    """A panel, by date, place and who."""
    reader, form, reading = _read(request, panel)
    context: dict[str, Any] = {"form": form, "active": "statistics", "panel": {"title": PANELS[panel].title}}
    query = query_of(request)
    context |= {"saved": saved.links(reader.user), "save_url": saved.save_address(panel, query)}
    if reading is None:
        context["tabs"] = present.tabs(query, panel)
    else:
        context |= present.page(reading, query, panel)
    response = render(request, "consulta/statistics/page.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@shows_no_person
def file(request: HttpRequest, panel: str, kind: str) -> HttpResponse:
    """The numbers of a panel as a file."""
    _, _, reading = _read(request, panel, kind)
    if reading is None or kind not in files.TYPES:
        raise Http404
    name = f"estatisticas-{panel}-{reading.build.day:%Y-%m-%d}-v{reading.build.version}"
    return files.answer(kind, name, files.rows(reading))


@require_GET
def behind(request: HttpRequest) -> HttpResponse:
    """The people that a number counts: audited like every consultation of people."""
    figure = FIGURES.get(request.GET.get("figura", ""))
    code = request.GET.get("categoria", "")
    asked = {**query_of(request), "figura": figure.id if figure else "", "categoria": code}
    access = gate.open_request(request, Action.FIGURE_PEOPLE, asked=asked, needs=Permission.SEE_STATISTICS)
    countable = figure is not None and figure.span is Span.AS_OF and figure.counted is not Counted.PLACES
    if figure is None or not countable or code not in figure.numbers:
        raise Http404
    form = _form(request, exact=True)
    panel = next(each for each in PANELS.values() if figure in each.figures)
    reading = read(panel, form.cleaned_data.get("dia"), form.filters(), _exact(request))
    if reading is None:
        raise Http404
    found = people(reading.build, figure, code, reading.filters, access.scope)
    context = {
        "figure": figure,
        "category": next(each for each in figure.categories if each.code == code),
        "rows": [{**named(each.person), "unit": each.unit, "uf": each.uf} for each in found],
        "most": MOST,
        "day": in_words(reading.build.day),
        "active": "statistics",
    }
    shown = Shown(persons=[each.person.public_id for each in found], fields=("nome", "unidade", figure.id))
    return rendering.page(request, access, "consulta/statistics/people.html", context, shown=shown)


def _exact(request: HttpRequest) -> Reader:
    """Whoever passed the gate consults people: sees exact counts."""
    return admit(request, {"panel": "people"})


def _read(request: HttpRequest, slug: str, kind: str = "") -> tuple[Reader, PanelForm, Reading | None]:
    reader = admit(request, {"panel": slug, "file": kind, **query_of(request)})
    panel: Panel | None = PANELS.get(slug)
    if panel is None:
        raise Http404
    form = _form(request, exact=reader.exact)
    filters = form.filters()
    return reader, form, read(panel, form.cleaned_data.get("dia"), filters, reader)


def _form(request: HttpRequest, *, exact: bool) -> PanelForm:
    uf = request.GET.get("uf", "")
    form = PanelForm(request.GET, ufs=known_ufs(), units=units_of(uf) if uf else (), exact=exact)
    form.is_valid()
    return form
