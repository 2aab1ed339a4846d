"""Panels kept under a name: saving the one on the screen, and forgetting it. The page lists them as links."""

from typing import Final

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.marks import shows_no_person
from consulta.models import SavedPanel
from consulta.statistics.admission import admit
from consulta.statistics.forms import query_of
from consulta.statistics.panels import PANELS
from credentialing.models import User

MOST: Final = 50


class NameForm(forms.Form):
    """How its owner will recognise it."""

    nome = forms.CharField(max_length=60)


@transaction.atomic
def keep(*, user: User, name: str, panel: str, filters: dict[str, str], by: Actor) -> bool:
    """Save a panel, in the place of one of the same name; False when the user keeps as many as one may."""
    # The account's row makes simultaneous requests wait for each other: the limit holds.
    User.objects.select_for_update().get(pk=user.pk)
    others = SavedPanel.objects.filter(user=user).exclude(name=name)
    if others.count() >= MOST:
        return False
    SavedPanel.objects.update_or_create(user=user, name=name, defaults={"panel": panel, "filters": filters})
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action="panel.keep", detail={"panel": panel}))
    return True


@transaction.atomic
def forget(*, saved: SavedPanel, by: Actor) -> None:
    """Delete it."""
    saved.delete()
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action="panel.forget", detail={"panel": saved.panel}))


def links(user: User) -> list[dict[str, str]]:
    """The user's own panels, by name: `name`, `url` and `forget_url` of each."""
    return [
        {
            "name": saved.name,
            "url": address(saved.panel, saved.filters),
            "forget_url": reverse("consulta:forget-panel", args=[saved.pk]),
        }
        for saved in SavedPanel.objects.filter(user=user)
        if saved.panel in PANELS
    ]


def address(panel: str, filters: dict[str, str]) -> str:
    """A panel's address with filters."""
    return _with(reverse("consulta:statistics-panel", args=[panel]), filters)


def save_address(panel: str, filters: dict[str, str]) -> str:
    """Where a panel with filters is saved."""
    return _with(reverse("consulta:save-panel", args=[panel]), filters)


def _with(base: str, filters: dict[str, str]) -> str:
    return f"{base}?{urlencode(filters)}" if filters else base


@require_POST
@shows_no_person
def save(request: HttpRequest, panel: str) -> HttpResponse:
    """Save the panel at this address, with the filters its address has."""
    reader = admit(request, {"panel": panel})
    if panel not in PANELS:
        raise Http404
    form, filters = NameForm(request.POST), query_of(request)
    if not form.is_valid():
        messages.error(request, "Dê um nome de até 60 letras ao painel para salvá-lo.")
    elif keep(user=reader.user, name=form.cleaned_data["nome"], panel=panel, filters=filters, by=reader.actor):
        messages.success(request, "Painel salvo. Ele fica em “Painéis salvos”, no alto das estatísticas.")
    else:
        messages.error(request, f"Você já guarda {MOST} painéis. Exclua um e tente de novo.")
    return redirect(address(panel, filters))


@require_POST
@shows_no_person
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of one's own."""
    reader = admit(request, {"panel": "saved"})
    saved = SavedPanel.objects.filter(user=reader.user, pk=pk).first()
    if saved is None:
        raise Http404
    forget(saved=saved, by=reader.actor)
    messages.success(request, "Painel salvo excluído.")
    return redirect("consulta:statistics-panel", "visao-geral")
