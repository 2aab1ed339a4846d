"""How a proven second factor opens a session or refreshes one: by code and by passkey alike."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp.models import Device

from credentialing import present, sessions
from credentialing.models import User

LOCKED: Final = "Muitas tentativas recusadas. Aguarde 15 minutos e tente de novo."


def enter(request: HttpRequest, user: User, device: Device) -> None:
    """Open the session, and tell of the one it replaces."""
    replaced = sessions.start(request, user, device)
    if replaced is not None:
        messages.warning(request, present.replaced(replaced))


def confirm(request: HttpRequest) -> None:
    """Note that the second factor is fresh, and say so."""
    sessions.elevate(request)
    messages.success(request, "Identidade confirmada por 5 minutos. Repita a ação, se não foi concluída.")


def start_over(request: HttpRequest, message: str) -> HttpResponseRedirect:
    """Forget the password that was proven; back to the first page, with the reason."""
    request.session.flush()
    messages.error(request, message)
    return redirect("credentialing:login")


def local_path(wanted: str) -> str:
    """Where to go afterwards: a path of this site without query, else the home page."""
    wanted = wanted.partition("?")[0].partition("#")[0]
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("credentialing:home")
