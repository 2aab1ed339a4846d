"""Planted records: the centre's alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.events import Channel
from credentialing import actors, policy, stepping, verification
from credentialing.models import User
from credentialing.roles import Permission
from oversight.forms import CanaryForm
from oversight.models import Canary
from oversight.services import planting


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Those in place, and one more."""
    user = _centre(request)
    form = CanaryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        stepping.require(request)
        try:
            planting.plant(user=user, by=actors.from_request(request, Channel.PAGE), **form.cleaned_data)
        except planting.NotPlanted as refusal:
            form.add_error("person", refusal.message)
        else:
            messages.success(request, "Registro-isca em vigor: quem abrir a ficha entra na fila da corregedoria.")
            return redirect("oversight:canaries")
    context = {"form": form, "canaries": Canary.objects.select_related("planted_by"), "active": "misuse"}
    return render(request, "oversight/canaries/page.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It alarms no more."""
    _centre(request)
    found = Canary.objects.planted().filter(pk=pk).first()
    if found is None:
        raise Http404
    stepping.require(request)
    planting.withdraw(canary=found, by=actors.from_request(request, Channel.PAGE))
    messages.success(request, "Registro-isca retirado.")
    return redirect("oversight:canaries")


def _centre(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not verification.is_verified(request):
        raise PermissionDenied
    if not policy.allows(user, Permission.JUDGE_OVERSEERS):
        raise PermissionDenied
    return user
