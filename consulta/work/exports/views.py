"""Exports: of a search, of a folder, and those that needed a second person: /exportacoes/."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from consulta import rendering
from consulta.access import Access, Action, Shown, open_request
from consulta.marks import shows_no_person
from consulta.models import ExportRequest, ExportState, Folder
from consulta.search import params as addresses
from consulta.search import queries
from consulta.search.views import FIELDS
from consulta.work.exports import asking, tables
from consulta.work.folders.contents import cards_in
from consulta.work.issuing import issue
from credentialing import stepping
from registry.selectors.search import PersonCard, from_json, to_json
from registry.selectors.search.whole import MOST, everyone
from senappen.lib.wording import moment, tag


class ExportForm(forms.Form):
    """The format, and above the cap why."""

    formato = forms.ChoiceField(choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    motivo = forms.CharField(max_length=500, required=False)


@dataclass(frozen=True)
class Wanted:
    """What is to be taken: the cards, how many there are in all, and what it is told by."""

    cards: tuple[PersonCard, ...]
    total: int
    of: dict[str, Any]


@require_POST
def of_search(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The persons who answer a search, with the filters of the address."""
    stepping.require(request)
    query = queries.open_query(pk, queries.admit(request))
    if query is None:
        raise Http404
    params, kept = addresses.read(request.GET), query.criteria
    criteria = replace(kept, filters=params.filters, precision=params.precision or kept.precision)
    access = open_request(request, Action.EXPORT, asked=to_json(criteria))
    return _answer(request, access, _search(to_json(criteria), access), reverse("consulta:results", args=[pk]))


@require_POST
def of_folder(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The persons of a folder."""
    stepping.require(request)
    access = open_request(request, Action.EXPORT, asked={"folder": str(pk)})
    return _answer(request, access, _folder(str(pk), access), reverse("consulta:folder", args=[pk]))


@require_GET
@shows_no_person
def page(request: HttpRequest) -> HttpResponse:
    """The user's requests above the cap."""
    user = queries.admit(request).user
    rows = [_row(asked) for asked in ExportRequest.objects.filter(user=user)[:100]]
    context = {"rows": rows, "cap": settings.EXPORT_ROWS, "hours": settings.EXPORT_HOURS, "active": "exports"}
    return render(request, "consulta/work/exports/page.html", context)


@require_POST
def take(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The approved file, once. Who answers is judged anew: as the base and the user's scope are now."""
    stepping.require(request)
    asked = ExportRequest.objects.filter(pk=pk, user=queries.admit(request).user).first()
    if asked is None:
        raise Http404
    told = asked.told
    named = {"export": str(pk), **({"folder": told["folder"]} if "folder" in told else told["criteria"])}
    access = open_request(request, Action.EXPORT, asked=named)
    try:
        asking.take(asked=asked, by=access.actor)
    except asking.NotGranted:
        messages.error(request, "Este pedido não está aprovado, venceu ou já foi baixado. Peça de novo.")
        return redirect("consulta:exports")
    wanted = _folder(told["folder"], access) if "folder" in told else _search(told["criteria"], access)
    # No more than was approved.
    return file(access, wanted.cards[: asked.rows], asked.file_format, wanted.total)


def file(access: Access, cards: tuple[PersonCard, ...], file_format: str, total: int) -> rendering.Disclosed:
    """The file, each person in it disclosed."""
    persons = [card.public_id for card in cards]
    shown = Shown(persons=persons, fields=FIELDS, extra={"total": total, "format": file_format})
    content = tables.make(file_format, cards, access)
    return issue(access, content, tables.TYPES[file_format], f"pessoas-{access.receipt}.{file_format}", shown=shown)


def _answer(request: HttpRequest, access: Access, wanted: Wanted, back: str) -> HttpResponse:
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Escolha XLSX ou CSV.")
        return redirect(back)
    file_format, reason = form.cleaned_data["formato"], " ".join(form.cleaned_data["motivo"].split())
    if wanted.total <= settings.EXPORT_ROWS:
        return file(access, wanted.cards, file_format, wanted.total)
    if len(reason) < 15:
        messages.error(
            request,
            f"São {wanted.total} pessoas, e sozinho você pode levar {settings.EXPORT_ROWS}. Escreva o motivo, em pelo "
            "menos 15 letras, para pedir a aprovação do gestor regional, ou refine a busca.",
        )
        return redirect(back)
    rows = min(wanted.total, MOST)
    asking.ask(purpose=access.purpose, of=wanted.of, reason=reason, file_format=file_format, rows=rows, by=access.actor)
    messages.success(request, "Pedido registrado. O arquivo poderá ser baixado aqui quando o gestor regional aprovar.")
    return redirect("consulta:exports")


def _search(criteria: dict[str, Any], access: Access) -> Wanted:
    cards, total = everyone(from_json(criteria), access.scope)
    return Wanted(cards, total, {"criteria": criteria})


def _folder(pk: str, access: Access) -> Wanted:
    found = Folder.objects.open_to(access.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    cards = tuple(card for card in cards_in(found, access).values() if card)
    return Wanted(cards, len(cards), {"folder": pk})


_TONES = {ExportState.ASKED: "info", ExportState.APPROVED: "ok", ExportState.REFUSED: "danger"}


def _row(asked: ExportRequest) -> dict[str, Any]:
    now = timezone.now()
    late = asked.state == ExportState.APPROVED and not asked.may_be_taken(now)
    state = (
        tag("Vencida", "outline")
        if late
        else tag(ExportState(asked.state).label, _TONES.get(ExportState(asked.state), "outline"))
    )
    return {
        "what": f"{asked.rows} pessoas de {'uma pasta' if 'folder' in asked.told else 'uma busca'}",
        "format": asked.file_format.upper(),
        "asked": moment(timezone.localtime(asked.asked_at)),
        "state": state,
        "until": moment(timezone.localtime(asked.expires_at)) if asked.expires_at else "",
        "note": asked.note,
        "reason": asked.told["reason"],
        "take_url": reverse("consulta:export-take", args=[asked.pk]) if asked.may_be_taken(now) else "",
    }
