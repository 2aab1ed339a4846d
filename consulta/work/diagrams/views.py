"""Saved diagrams: /diagramas/, one drawn anew, keeping the graph on the screen."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
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
from consulta.work.diagrams import drawn, keeping
from consulta.work.diagrams.forms import DiagramForm
from credentialing import actors
from credentialing.models import User
from senappen.lib.wording import ago

FULL = f"Você já guarda {keeping.MOST} diagramas. Exclua um em Diagramas e tente de novo."


@require_GET
@shows_no_person
def page(request: HttpRequest) -> HttpResponse:
    """The user's own, by the names they gave them."""
    user = queries.admit(request).user
    rows = [_row(diagram) for diagram in keeping.of_user(user)]
    return render(request, "consulta/work/diagrams/page.html", {"rows": rows, "active": "diagrams"})


@require_GET
def diagram(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One diagram, its persons and links as known now: a disclosure of whom it shows."""
    kept = _own(pk, queries.admit(request).user)
    asked = {"diagram": str(pk), "person": str(kept.focus), **grounds.given(request, kept.focus)}
    access = gate.open_request(request, Action.LINKS, asked=asked)
    opened = drawn.draw(kept, access, asked)
    keeping.opened(kept)
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
    form, kept = DiagramForm(request.POST), None
    if form.is_valid():
        name, places = form.cleaned_data["name"], form.cleaned_data["places"]
        by = actors.from_request(request, Channel.PAGE)
        try:
            kept = keeping.keep(user=user, name=name, focus=person, places=places, by=by)
        except keeping.TooMany:
            form.add_error(None, FULL)
    context = {
        "kept_url": drawn.address(kept) if kept else "",
        "diagram_form": form,
        "keep_url": reverse("consulta:diagram-keep", args=[person]),
    }
    return render(request, "consulta/work/diagrams/_kept.html", context, status=200 if kept else 422)


@require_POST
def forget(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete it."""
    kept = _own(pk, queries.admit(request).user)
    keeping.forget(diagram=kept, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Diagrama excluído.")
    return redirect("consulta:diagrams")


def _own(pk: uuid.UUID, user: User) -> SavedDiagram:
    kept = keeping.find(user, pk)
    if kept is None:
        raise Http404
    return kept


def _row(kept: SavedDiagram) -> dict[str, Any]:
    now = timezone.now()
    return {
        "name": kept.name,
        "kept": f"guardado {ago(kept.created_at, now)}",
        "opened": f"aberto {ago(kept.opened_at, now)}" if kept.opened_at else "ainda não reaberto",
        "url": drawn.address(kept),
        "forget_url": reverse("consulta:diagram-forget", args=[kept.pk]),
    }
