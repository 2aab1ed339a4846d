"""Entering, leaving, and declaring a purpose."""

from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.events import Channel
from credentialing import actors, entering, policy, present, sessions
from credentialing.forms import CodeForm, PasswordForm, PurposeForm
from credentialing.govbr import services as govbr
from credentialing.govbr.views import farewell
from credentialing.models import User, UserSession
from credentialing.passkeys import services as passkeys
from credentialing.roles import Permission
from credentialing.services import accounts, purposes, tokens
from credentialing.services import login as proofs
from senappen.lib import errors

SESSIONS_SHOWN: Final = 50


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """First factor. Success opens no session: it leads to the second."""
    next_path = _local_path(request)
    if isinstance(request.user, User):
        return redirect(next_path)
    form = PasswordForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            user = proofs.check_password(**form.cleaned_data, by=actors.from_request(request, Channel.PAGE))
        except proofs.LoginRefused as refusal:
            if refusal.frozen:
                return errors.answer(request, 403, refusal.message, template="frozen.html")
            form.add_error(None, refusal.message)
            status = 429 if refusal.locked else 200
        else:
            sessions.hold(request, user, next_path)
            return redirect("credentialing:second-factor")
    context = {"form": form, "next": next_path, "has_govbr": govbr.is_on()}
    return render(request, "credentialing/login/page.html", context, status=status)


@sensitive_post_parameters("otp_token")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Second factor. Success opens the session under a new key."""
    held = sessions.held(request)
    if held is None:
        return redirect("credentialing:login")
    user, next_path = held
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device = proofs.check_code(
                user, form.cleaned_data["otp_token"], by=actors.from_request(request, Channel.PAGE)
            )
        except proofs.LoginRefused as refusal:
            if refusal.locked:
                return entering.start_over(request, refusal.message)
            form.add_error("otp_token", "Código recusado. Espere o próximo e digite de novo.")
        else:
            entering.enter(request, user, device)
            return redirect(next_path)
    context = {"form": form, "has_passkey": passkeys.held_by(user).exists()}
    return render(request, "credentialing/otp/page.html", context)


@sensitive_post_parameters("otp_token")
@require_http_methods(["GET", "POST"])
def step_up(request: HttpRequest) -> HttpResponse:
    """The second factor again, for what is sensitive; then back to where it was asked for."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            proofs.check_code(user, form.cleaned_data["otp_token"], by=actors.from_request(request, Channel.PAGE))
        except proofs.LoginRefused as refusal:
            form.add_error("otp_token", entering.LOCKED if refusal.locked else "Código recusado. Espere o próximo.")
        else:
            entering.confirm(request)
            return redirect(_local_path(request))
    context = {"form": form, "next": _local_path(request), "has_passkey": passkeys.held_by(user).exists()}
    return render(request, "credentialing/step_up/page.html", context, status=422 if form.errors else 200)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Close the session and ask the browser to forget what it keeps; gov.br's too, if it was opened there."""
    through_govbr = farewell(request)
    sessions.end(request, "user")
    messages.success(request, "Você saiu.")
    response = through_govbr or redirect("credentialing:login")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password; other sessions and tokens of the account end with the old one."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    form = PasswordChangeForm(user, request.POST or None)
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        accounts.choose_password(user=user, password=form.cleaned_data["new_password1"], by=by)
        update_session_auth_hash(request, user)
        messages.success(request, "Senha trocada.")
        return redirect("credentialing:home")
    return render(request, "credentialing/password/page.html", {"form": form})


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """What is left of the session. A POST says that the person is still there: the middleware has noted it."""
    return JsonResponse(asdict(sessions.left(request)), headers={"Cache-Control": "no-store"})


@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where and when one entered, how it ended, and the tokens one holds."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    rows = UserSession.objects.filter(user=user)[:SESSIONS_SHOWN]
    context = {
        "rows": [present.session(row) for row in rows],
        "tokens": [present.token(token) for token in tokens.held_by(user)],
        "most": SESSIONS_SHOWN,
        "active": "sessions",
    }
    return render(request, "credentialing/sessions/page.html", context)


@require_POST
def revoke_tokens(request: HttpRequest) -> HttpResponse:
    """End every token of one's own at once."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    by = actors.from_request(request, Channel.PAGE)
    for token in tokens.held_by(user):
        tokens.revoke(token=token, by=by)
    messages.success(request, "Nenhuma credencial de API sua vale mais.")
    return redirect("credentialing:sessions")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first page, which knows each profile's."""
    return redirect("home")


@require_http_methods(["GET", "POST"])
def purpose(request: HttpRequest) -> HttpResponse:
    """Show the purpose in force and declare another, which takes its place."""
    user = policy.require(request.user, Permission.CONSULT_PEOPLE)
    next_path = _local_path(request)
    form = PurposeForm(request.POST or None, user=user)
    if form.is_valid():
        by = actors.from_request(request, Channel.PAGE)
        declared = purposes.declare(user=user, replaces=purposes.current(request), by=by, **form.cleaned_data)
        request.session[purposes.SESSION_KEY] = str(declared.pk)
        return redirect(next_path)
    context: dict[str, Any] = {"form": form, "next": next_path, "hours": settings.PURPOSE_HOURS}
    return render(request, "credentialing/purpose/page.html", context)


@require_POST
def close_purpose(request: HttpRequest) -> HttpResponse:
    """End the purpose in force."""
    policy.require(request.user, Permission.CONSULT_PEOPLE)
    current = purposes.current(request)
    if current is not None:
        purposes.close(purpose=current, by=actors.from_request(request, Channel.PAGE))
        messages.success(request, "Finalidade encerrada.")
    request.session.pop(purposes.SESSION_KEY, None)
    return redirect("credentialing:purpose")


def _local_path(request: HttpRequest) -> str:
    return entering.local_path(request.POST.get("next") or request.GET.get("next") or "")
