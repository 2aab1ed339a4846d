"""Saved searches: /buscas/, saving one from its answer, asking it again."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.events import Channel
from consulta.marks import shows_no_person
from consulta.models import SavedSearch
from consulta.search import params as addresses
from consulta.search import present, queries
from consulta.search.params import Params
from consulta.work import own
from consulta.work.saved import keeping
from consulta.work.saved.forms import NameForm
from credentialing import actors
from senappen.lib.wording import ago

FULL = f"Você já guarda {SavedSearch.MOST} buscas. Exclua uma em Buscas salvas e tente de novo."


@require_GET
@shows_no_person
def page(request: HttpRequest) -> HttpResponse:
    """The user's own, by the names they gave them."""
    user = queries.admit(request).user
    rows = [_row(saved) for saved in own.of_user(SavedSearch, user)]
    return render(request, "consulta/work/saved/page.html", {"rows": rows, "active": "saved"})


@require_POST
def keep(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Save the search at this address, with the filters its address has."""
    purpose = queries.admit(request)
    query = queries.open_query(pk, purpose)
    if query is None:
        raise Http404
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dê um nome de até 80 letras à busca para salvá-la.")
        return redirect("consulta:results", pk)
    params, kept = addresses.read(request.GET), query.criteria
    criteria = replace(kept, filters=params.filters, precision=params.precision or kept.precision)
    by = actors.from_request(request, Channel.PAGE)
    try:
        keeping.keep(user=purpose.user, name=form.cleaned_data["name"], criteria=criteria, by=by)
    except own.TooMany:
        messages.error(request, FULL)
    else:
        messages.success(request, "Busca salva. Ela fica em Buscas salvas e é refeita a cada vez que você a abre.")
    return redirect(params.url(reverse("consulta:results", args=[pk]), page=params.page))


@require_POST
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it again under the purpose in force."""
    purpose = queries.admit(request)
    query, criteria = keeping.ask(saved=own.require(SavedSearch, purpose.user, pk), purpose=purpose)
    base = reverse("consulta:results", args=[query.pk])
    return redirect(Params(filters=criteria.filters).url(base))


@require_POST
def forget(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete it."""
    saved = own.require(SavedSearch, queries.admit(request).user, pk)
    own.forget(saved, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Busca excluída.")
    return redirect("consulta:saved")


def _row(saved: SavedSearch) -> dict[str, str]:
    now = timezone.now()
    return {
        "name": saved.name,
        "asks": present.described(saved.criteria).capitalize(),
        "kept": f"salva {ago(saved.created_at, now)}",
        "opened": f"aberta {ago(saved.opened_at, now)}" if saved.opened_at else "ainda não reaberta",
        "ask_url": reverse("consulta:saved-ask", args=[saved.pk]),
        "follow_url": reverse("consulta:follow-search", args=[saved.pk]),
        "forget_url": reverse("consulta:saved-forget", args=[saved.pk]),
    }
