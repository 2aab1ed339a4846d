"""The requests that wait for a second person's decision: /aprovacoes/."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.events import Channel
from consulta.marks import shows_no_person
from consulta.models import ExportRequest, Follow, FollowKind
from consulta.work.approvals.waiting import decider_of, waiting_exports, waiting_follows
from consulta.work.exports import asking as exporting
from consulta.work.follows import asking
from credentialing import actors
from senappen.lib.wording import day, moment

FOLLOW_DECIDED: Final = {True: "Acompanhamento aprovado.", False: "Acompanhamento recusado."}
EXPORT_DECIDED: Final = {True: "Exportação aprovada.", False: "Exportação recusada."}
UNDECIDED: Final = "Escolha aprovar ou recusar; uma recusa diz o motivo."


class DecisionForm(forms.Form):
    """Yes or no; a refusal says why."""

    decision = forms.ChoiceField(choices=[("aprovar", "Aprovar"), ("recusar", "Recusar")])
    note = forms.CharField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "recusar" and len(cleaned.get("note", "").strip()) < 5:
            raise forms.ValidationError("Diga o motivo da recusa.")
        return cleaned


@require_GET
@shows_no_person
def page(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    decider = decider_of(request)
    context = {
        "follows": [_follow(one) for one in waiting_follows(decider)],
        "exports": [_export(one) for one in waiting_exports(decider)],
        "active": "approvals",
    }
    return render(request, "consulta/work/approvals/page.html", context)


@require_POST
def decide_follow(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Approve or refuse a follow."""
    decider = decider_of(request)
    follow = get_object_or_404(waiting_follows(decider), pk=pk)
    return _decide(request, FOLLOW_DECIDED, partial(asking.decide, follow=follow, decider=decider))


@require_POST
def decide_export(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Approve or refuse an export."""
    decider = decider_of(request)
    asked = get_object_or_404(waiting_exports(decider), pk=pk)
    return _decide(request, EXPORT_DECIDED, partial(exporting.decide, asked=asked, decider=decider))


def _decide(request: HttpRequest, decided: dict[bool, str], decide: Callable[..., None]) -> HttpResponse:
    """Have the decision of the form taken, and say how it went; `decided` has the words for approved and refused."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, UNDECIDED)
        return redirect("consulta:approvals")
    approve, by = form.cleaned_data["decision"] == "aprovar", actors.from_request(request, Channel.PAGE)
    try:
        decide(approve=approve, note=form.cleaned_data["note"], by=by)
    except (asking.NotAsked, exporting.NotAsked):
        messages.warning(request, "O pedido já tinha sido decidido.")
    else:
        messages.success(request, decided[approve])
    return redirect("consulta:approvals")


def _follow(follow: Follow) -> dict[str, Any]:
    words = follow.words
    return {
        "who": f"{follow.user.full_name} ({follow.user.username})",
        "asked": moment(timezone.localtime(follow.asked_at)),
        "of": "uma busca" if follow.person_id is None else "uma pessoa",
        "term": f"{day(follow.since)} a {day(follow.until)}",
        "kinds": ", ".join(FollowKind(kind).label for kind in follow.kinds),
        "renewal": follow.renews_id is not None,
        "basis": words["basis"],
        "reason": words["reason"],
        "url": reverse("consulta:approve-follow", args=[follow.pk]),
    }


def _export(asked: ExportRequest) -> dict[str, Any]:
    told = asked.told
    return {
        "key": str(asked.pk),
        "who": f"{asked.user.full_name} ({asked.user.username})",
        "asked": moment(timezone.localtime(asked.asked_at)),
        "of": "uma pasta" if "folder" in told else "uma busca",
        "rows": asked.rows,
        "format": asked.file_format.upper(),
        "purpose": f"{asked.purpose.get_activity_display()} · {asked.purpose.case_reference}",
        "reason": told["reason"],
        "url": reverse("consulta:approve-export", args=[asked.pk]),
    }
