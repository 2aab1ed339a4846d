"""The screens of agencies: all of them for the coordination, one for it and for those who answer for it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.events import Channel
from credentialing import actors, policy, stepping
from credentialing.adhesion import access, present, standing, substitutes
from credentialing.adhesion.forms import DesignationForm, ReasonForm, TermForm
from credentialing.models import Agency, Designation, User


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every agency and every open request."""
    access.coordination(request)
    return render(request, "credentialing/adhesion/agencies.html", {**present.listing(), "active": "agencies"})


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency."""
    user, agency = access.agency_of(request, pk)
    return _page(request, user, agency)


@require_POST
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the agency at once; one person of the coordination decides alone."""
    user, agency = _managed(request, pk)
    form = ReasonForm(request.POST, auto_id="suspender-%s")
    if not form.is_valid():
        return _page(request, user, agency, suspension=form)
    try:
        standing.suspend(agency=agency, by=actors.from_request(request, Channel.PAGE), **form.cleaned_data)
    except standing.NotNow:
        messages.warning(request, "O órgão já estava suspenso.")
    except standing.OwnAgency:
        messages.error(request, "Ninguém suspende o próprio órgão: não restaria quem o reabrisse.")
    else:
        messages.success(request, f"{agency.acronym} suspenso: sessões, credenciais de API e cargas encerradas.")
    return redirect("credentialing:agency", pk)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the agency again."""
    user, agency = _managed(request, pk)
    form = ReasonForm(request.POST, auto_id="reabrir-%s")
    if not form.is_valid():
        return _page(request, user, agency, suspension=form)
    try:
        standing.lift(agency=agency, by=actors.from_request(request, Channel.PAGE), **form.cleaned_data)
    except standing.NotNow:
        messages.warning(request, "O órgão não está suspenso.")
    else:
        messages.success(request, f"Suspensão de {agency.acronym} levantada. Cada pessoa entra de novo.")
    return redirect("credentialing:agency", pk)


@require_POST
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day of the adhesion."""
    user, agency = _managed(request, pk)
    form = TermForm(request.POST, auto_id="prazo-%s")
    if not form.is_valid():
        return _page(request, user, agency, term=form)
    standing.prolong(agency=agency, by=actors.from_request(request, Channel.PAGE), **form.cleaned_data)
    messages.success(request, "Prazo da adesão alterado.")
    return redirect("credentialing:agency", pk)


@require_POST
def designate(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """Let a substitute act for some days."""
    decider, agency = access.agency_of(request, pk)
    substitute = User.objects.filter(pk=user, agency=agency, is_substitute=True, is_active=True).first()
    if substitute is None:
        raise Http404
    stepping.require(request)
    form = DesignationForm(request.POST, auto_id=f"designar-{substitute.pk}-%s")
    if not form.is_valid():
        return _page(request, decider, agency, designations={substitute.pk: form})
    by = actors.from_request(request, Channel.PAGE)
    try:
        substitutes.designate(substitute=substitute, user=decider, by=by, **form.cleaned_data)
    except substitutes.Overlap as overlap:
        form.add_error(None, str(overlap))
        return _page(request, decider, agency, designations={substitute.pk: form})
    messages.success(request, f"{substitute.full_name} designado.")
    return redirect("credentialing:agency", pk)


@require_POST
def end_designation(request: HttpRequest, pk: int, designation: int) -> HttpResponse:
    """End a designation before its time."""
    decider, agency = access.agency_of(request, pk)
    found = Designation.objects.select_related("user__agency").filter(pk=designation, user__agency=agency).first()
    if found is None:
        raise Http404
    stepping.require(request)
    substitutes.end(designation=found, user=decider, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Designação encerrada.")
    return redirect("credentialing:agency", pk)


def _managed(request: HttpRequest, pk: int) -> tuple[User, Agency]:
    user = access.coordination(request)
    _, agency = access.agency_of(request, pk)
    stepping.require(request)
    return user, agency


def _page(request: HttpRequest, user: User, agency: Agency, **forms: Any) -> HttpResponse:
    """The agency's page, with those forms that have errors."""
    manages = policy.allows(user, policy.Permission.MANAGE_AGENCIES)
    context = {
        **present.agency(agency, user, forms.get("designations", {})),
        "manages": manages,
        "suspension": forms.get("suspension") or ReasonForm(auto_id="suspender-%s"),
        "term": forms.get("term") or TermForm(auto_id="prazo-%s"),
        "active": "agencies" if manages else "agency",
    }
    wrong = any(isinstance(form, Form) or form for form in forms.values())
    return render(request, "credentialing/adhesion/agency.html", context, status=422 if wrong else 200)
