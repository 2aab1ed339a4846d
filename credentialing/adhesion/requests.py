"""The screens of a request of adhesion, for the coordination."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.events import Channel
from credentialing import actors, stepping
from credentialing.adhesion import access, asking, checks, present
from credentialing.adhesion.forms import DecisionForm, RequestForms
from credentialing.first_access.handing import all_handed
from credentialing.models import AdhesionRequest, AdhesionState, User
from credentialing.services.first_access import Issued

GONE: Final = "O pedido já não está nesta situação: alguém decidiu antes. Confira o andamento."
SAME_PERSON: Final = "A segunda aprovação precisa ser de outra pessoa."
DONE: Final = {
    "validar": "Pedido validado. Faltam duas aprovações, de pessoas diferentes.",
    "aprovar": "Primeira aprovação registrada. Falta a de outra pessoa.",
    "devolver": "Pedido devolvido para correção.",
    "recusar": "Pedido recusado.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a request received from an agency."""
    user = access.coordination(request)
    forms = RequestForms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        made = asking.ask(fields=forms.fields, people=forms.indicated, user=user, by=by)
        messages.success(request, "Pedido registrado. Confira as condições e valide.")
        return redirect("credentialing:adhesion", made.pk)
    return _form(request, forms, "Registrar pedido de adesão")


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Register a returned request anew."""
    user = access.coordination(request)
    found = get_object_or_404(AdhesionRequest, pk=pk, state=AdhesionState.RETURNED)
    forms = RequestForms(request.POST if request.method == "POST" else None, found)
    if request.method == "POST" and forms.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        try:
            asking.correct(pk=pk, fields=forms.fields, people=forms.indicated, user=user, by=by)
        except asking.NotAsked:
            messages.warning(request, GONE)
        return redirect("credentialing:adhesion", pk)
    return _form(request, forms, f"Corrigir pedido de adesão: {found.acronym}")


@require_safe
def page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One request: what it says, its conditions, its steps, what may be done now."""
    user = access.coordination(request)
    return _page(request, user, pk)


@require_POST
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The next step, or one back. The second approval shows, once, the codes of those indicated."""
    user = access.coordination(request)
    stepping.require(request)
    found = get_object_or_404(AdhesionRequest, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, user, pk, form)
    try:
        issued = _take(found, user, form.cleaned_data, request)
    except asking.NotAsked:
        messages.warning(request, GONE)
    except asking.SamePerson:
        messages.error(request, SAME_PERSON)
    except asking.Unfit as unfit:
        messages.error(request, str(unfit))
    else:
        if issued:
            return all_handed(request, issued, found.acronym)
        messages.success(request, DONE[form.cleaned_data["step"]])
    return redirect("credentialing:adhesion", pk)


def _take(found: AdhesionRequest, user: User, given: dict[str, Any], request: HttpRequest) -> list[Issued]:
    step = given["step"]
    who: dict[str, Any] = {"pk": found.pk, "user": user, "by": actors.from_request(request, Channel.PAGE)}
    if step == "validar":
        asking.validate(**who)
    elif step == "aprovar" and found.state == AdhesionState.FIRST_APPROVED:
        return asking.approve_second(**who)
    elif step == "aprovar":
        asking.approve_first(**who)
    elif step == "devolver":
        asking.send_back(**who, note=given["reason"])
    else:
        asking.refuse(**who, note=given["reason"])
    return []


def _page(request: HttpRequest, user: User, pk: uuid.UUID, form: DecisionForm | None = None) -> HttpResponse:
    known = AdhesionRequest.objects.select_related("asked_by", "first_by", "second_by", "agency")
    found = known.prefetch_related("indications", "steps__by").filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {
        **present.request(found, user),
        "checks": checks.of(found) if found.is_open else [],
        "form": form,
        "active": "agencies",
    }
    return render(request, "credentialing/adhesion/request.html", context, status=422 if form else 200)


def _form(request: HttpRequest, forms: RequestForms, title: str) -> HttpResponse:
    context = {"forms": forms, "title": title, "active": "agencies"}
    wrong = forms.agency.is_bound and not forms.is_valid()
    return render(request, "credentialing/adhesion/form.html", context, status=422 if wrong else 200)
