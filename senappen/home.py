"""The first page of each profile, and help. Composed of what every app has; neither shows anybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consulta.wording import chip
from consulta.work.approvals.waiting import waiting
from consulta.work.folders.contents import rows_for
from credentialing.adhesion import present as adhesion
from credentialing.models import SystemNotice, User
from credentialing.people import listing as people
from credentialing.requests import listing as requests
from credentialing.roles import Permission
from credentialing.services import purposes
from registry.selectors.search import origins

# Folders on the first page.
_FOLDERS = 5


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the person's profile begins a day with."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    context: dict[str, Any] = {"active": "home", "system_notices": SystemNotice.objects.shown()}
    if user.has_perm(Permission.CONSULT_PEOPLE):
        # What one's folders are called is shown under a purpose, as on their own page.
        context["folders"] = rows_for(user)[:_FOLDERS] if purposes.current(request) else []
    if user.has_perm(Permission.CONSULT_PEOPLE) or user.has_perm(Permission.SEE_CONNECTORS):
        now = timezone.now()
        context["freshness"] = [chip(source, now) for source in origins()]
    if user.has_perm(Permission.APPROVE_REQUESTS):
        context["waiting"] = waiting(user)
    if user.has_perm(Permission.MANAGE_AGENCIES):
        context |= {"agency_warnings": adhesion.warnings(), "adhesions_waiting": adhesion.waiting()}
    elif user.has_perm(Permission.SEE_AGENCY):
        context["agency_warnings"] = [text] if (text := adhesion.warning(user.agency)) else []
    if user.has_perm(Permission.MANAGE_PEOPLE):
        context["requests_waiting"] = requests.to_decide(user).count()
        context["attestations_waiting"] = people.to_attest(user).count()
    return render(request, "senappen/home/page.html", context)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Help in pt-BR, with a first search to follow."""
    return render(request, "senappen/guide/page.html", {"active": "guide"})
