"""The judgements of a person: what stands, by whom, why; and taking one back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from consulta import access as gate
from consulta import rendering
from consulta.access import Access, Action, Shown
from consulta.profile.finding import Moved, find
from consulta.profile.present.banner import banner
from consulta.review.desk import words
from consulta.review.forms import RevokeForm
from consulta.review.present import judgements as present
from credentialing.roles import Permission
from registry.models import Judgement
from registry.selectors.people.subject import Subject
from registry.selectors.reviewing.judgements import judgements_of
from registry.services import resolution
from registry.services.reviewing import errors
from registry.services.reviewing.revoking import revoke as take_back


@require_GET
def judgements(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Every judgement on the person's records."""
    access = _open(request, person)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:judgements", moved.public_id)
    return _page(request, access, subject, RevokeForm(), 0)


@require_POST
def revoke(request: HttpRequest, person: uuid.UUID, judgement: int) -> HttpResponse:
    """Take one judgement back, and say why."""
    access = _open(request, person, judgement=judgement)
    try:
        subject = find(person, access.scope)
    except Moved as moved:
        return redirect("consulta:judgements", moved.public_id)
    if judgement not in {one.pk for one in judgements_of(subject, access.scope).standing}:
        raise Http404
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _page(request, access, subject, form, judgement)
    try:
        taken = Judgement.objects.get(pk=judgement)
        take_back(judgement=taken, note=form.cleaned_data["reason"], by=access.actor)
    except errors.Refused as refusal:
        messages.error(request, words(refusal))
    except resolution.AlreadyRevoked:
        messages.warning(request, "Este julgamento já tinha sido revogado.")
    else:
        messages.success(request, "Julgamento revogado. Os registros foram reagrupados.")
    return redirect("consulta:judgements", subject.public_id)


def _open(request: HttpRequest, person: uuid.UUID, **asked: int) -> Access:
    return gate.open_request(
        request, Action.JUDGEMENTS, asked={"person": str(person), **asked}, needs=Permission.REVIEW_IDENTITY
    )


def _page(request: HttpRequest, access: Access, subject: Subject, form: RevokeForm, wrong: int) -> HttpResponse:
    """`wrong` is the judgement whose form came back with errors."""
    found = judgements_of(subject, access.scope)
    context = {
        "person": banner(subject, None, None),
        "page": present.page(found, subject),
        "form": form,
        "wrong": wrong,
        "active": "reviews",
    }
    shown = Shown(persons=tuple(dict.fromkeys((subject.public_id, *found.persons))), fields=("julgamentos", "registro"))
    return rendering.page(request, access, "consulta/review/judgements.html", context, shown=shown)
