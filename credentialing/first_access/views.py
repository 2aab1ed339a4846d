"""The first access: the code, then password and authenticator. Nobody is logged in by it."""

import time
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from audit.events import Channel
from credentialing import actors, qr
from credentialing.first_access.forms import HandedCodeForm, TakeOverForm
from credentialing.services import first_access

# Whose code was proven in this browser, and when.
PROVEN = "first_access"
PROVEN_SECONDS = 20 * 60
REFUSED = (
    "O código não confere, ou o endereço já não vale: serve uma só vez, por tempo limitado, e admite cinco tentativas. "
    "Confira o código; se persistir, peça outro primeiro acesso a quem aprovou a sua solicitação."
)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The code that was handed over. The page is the same for a link that does not exist."""
    form = HandedCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        try:
            first_access.prove(pk=pk, code=form.cleaned_data["code"], by=by)
        except first_access.NotOpen:
            form.add_error(None, REFUSED)
        else:
            request.session.flush()
            request.session[PROVEN] = {"id": str(pk), "at": int(time.time())}
            return redirect("credentialing:take-over", pk)
    status = 422 if form.errors else 200
    return render(request, "credentialing/first_access/code.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Password and authenticator, at once; then the login."""
    if not _is_proven(request, pk):
        return redirect("credentialing:first-access", pk)
    try:
        device = first_access.device(pk=pk)
        form = TakeOverForm(device.user, request.POST if request.method == "POST" else None)
        if form.is_valid() and _is_done(request, pk, form):
            request.session.flush()
            messages.success(
                request, f"Conta pronta. Seu usuário é {device.user.username}. Entre com a senha e o código."
            )
            return redirect("credentialing:login")
    except first_access.NotOpen:
        request.session.flush()
        return redirect("credentialing:first-access", pk)
    context = {
        "form": form,
        "account": device.user,
        "key": first_access.key(device),
        "image": qr.svg(device.config_url),
    }
    return render(request, "credentialing/first_access/page.html", context, status=422 if form.errors else 200)


def _is_done(request: HttpRequest, pk: uuid.UUID, form: TakeOverForm) -> bool:
    by = actors.from_request(request, Channel.PAGE)
    password, code = form.cleaned_data["new_password1"], form.cleaned_data["otp_token"]
    if first_access.complete(pk=pk, password=password, code=code, by=by) is not None:
        return True
    form.add_error("otp_token", "Código recusado. Confira se o relógio do telefone está certo e digite o próximo.")
    return False


def _is_proven(request: HttpRequest, pk: uuid.UUID) -> bool:
    proven = request.session.get(PROVEN) or {}
    return proven.get("id") == str(pk) and time.time() - proven["at"] < PROVEN_SECONDS
