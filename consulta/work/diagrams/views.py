"""Saved diagrams: /diagramas/, one drawn anew, keeping the graph on the screen."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.events import Channel
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.links import files
from consulta.links.views import FIELDS
from consulta.marks import shows_no_person
from consulta.models import SavedDiagram
from consulta.profile import grounds
from consulta.search import queries
from consulta.work import own
from consulta.work.diagrams import drawn
from consulta.work.diagrams.forms import DiagramForm
from credentialing import actors
from senappen.lib.wording import ago

FULL = f"Você já guarda {SavedDiagram.MOST} diagramas. Exclua um em Diagramas e tente de novo."


@require_GET
@shows_no_person
def page(request: HttpRequest) -> HttpResponse:
    """The user's own, by the names they gave them."""
    user = queries.admit(request).user
    rows = [_row(diagram) for diagram in own.of_user(SavedDiagram, user)]
    return render(request, "consulta/work/diagrams/page.html", {"rows": rows, "active": "diagrams"})


@require_GET
def diagram(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One diagram, its persons and links as known now: a disclosure of whom it shows."""
    kept = own.require(SavedDiagram, queries.admit(request).user, pk)
    asked = {"diagram": str(pk), "person": str(kept.focus), **grounds.given(request, kept.focus)}
    access = gate.open_request(request, Action.LINKS, asked=asked)
    opened = drawn.draw(kept, access, asked)
    own.opened(kept)
    context = {
        "name": kept.name,
        "graph": drawn.graph(opened),
        **drawn.table(opened),
        "keep_url": reverse("consulta:diagram-keep", args=[kept.focus]),
        "diagram_form": DiagramForm(),
        "stamp": files.stamp(access),
        "active": "diagrams",
    }
    shown = Shown(persons=opened.persons, fields=FIELDS, extra={"diagram": str(pk)})
    return rendering.page(request, access, "consulta/work/diagrams/diagram.html", context, shown=shown)


@require_POST
@shows_no_person
def keep(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Keep whom the screen's graph shows and where: a fragment that says so. It answers nothing about anybody."""
    user = queries.admit(request).user
    form, kept = DiagramForm(request.POST), SavedDiagram(user=user)
    if form.is_valid():
        kept.keep(form.cleaned_data["name"], person, form.cleaned_data["places"])
        try:
            own.keep(kept, by=actors.from_request(request, Channel.PAGE))
        except own.TooMany:
            form.add_error(None, FULL)
    context = {
        "kept_url": "" if form.errors else drawn.address(kept),
        "diagram_form": form,
        "keep_url": reverse("consulta:diagram-keep", args=[person]),
    }
    return render(request, "consulta/work/diagrams/_kept.html", context, status=422 if form.errors else 200)


@require_POST
def forget(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete it."""
    kept = own.require(SavedDiagram, queries.admit(request).user, pk)
    own.forget(kept, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Diagrama excluído.")
    return redirect("consulta:diagrams")


def _row(kept: SavedDiagram) -> dict[str, Any]:
    now = timezone.now()
    return {
        "name": kept.name,
        "kept": f"guardado {ago(kept.created_at, now)}",
        "opened": f"aberto {ago(kept.opened_at, now)}" if kept.opened_at else "ainda não reaberto",
        "url": drawn.address(kept),
        "forget_url": reverse("consulta:diagram-forget", args=[kept.pk]),
    }
