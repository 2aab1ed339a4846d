"""Passkeys over HTTP: what the browser's authenticator needs, then what it answered. JSON, for `static/js/passkey.js`.

A success says where to go next; what went wrong is told as `error`; a redirect means that the page must be asked anew.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_otp.models import Device

from audit.events import Channel
from credentialing import actors, entering, sessions, stepping
from credentialing.models import User
from credentialing.passkeys import challenges, services
from credentialing.passkeys.challenges import Ceremony
from credentialing.passkeys.forms import NameForm
from credentialing.services.login import LoginRefused

REFUSED = "Chave de acesso recusada. Tente de novo, ou use o código do aplicativo autenticador."


@never_cache
@require_POST
def begin_adding(request: HttpRequest) -> HttpResponse:
    """A challenge to make a key with."""
    user = _owner(request)
    try:
        options, state = services.begin_adding(user)
    except services.Refused as refusal:
        return _refusal(refusal.message)
    challenges.keep(request, Ceremony.ADD, user, state)
    return JsonResponse(options)


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keep the key that was made, under the name it was given."""
    user = _owner(request)
    body = _body(request)
    state = challenges.take(request, Ceremony.ADD, user)
    form = NameForm({"name": body.get("name")})
    if not form.is_valid():
        return _refusal(" ".join(map(str, form.errors["name"])))
    try:
        by = actors.from_request(request, Channel.PAGE)
        services.add(user=user, name=form.cleaned_data["name"], state=state, answer=_answer(body), by=by)
    except services.Refused as refusal:
        return _refusal(refusal.message)
    messages.success(request, "Chave de acesso cadastrada. O aplicativo autenticador continua valendo.")
    return JsonResponse({"next": reverse("credentialing:my-account")})


@never_cache
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a key. If it opened this session, the session ends with it."""
    if not services.remove(user=_owner(request), key=pk, by=actors.from_request(request, Channel.PAGE)):
        raise Http404
    messages.success(request, "Chave de acesso removida: já não abre a sua conta.")
    return redirect("credentialing:my-account")


@never_cache
@require_POST
def begin_entering(request: HttpRequest) -> HttpResponse:
    """A challenge for whoever has proven the password."""
    held = sessions.held(request)
    return _challenge(request, Ceremony.ENTER, held[0]) if held else redirect("credentialing:login")


@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Second factor. Success opens the session under a new key."""
    held = sessions.held(request)
    if held is None:
        return redirect("credentialing:login")
    user, next_path = held
    try:
        device = _proven(request, Ceremony.ENTER, user, _body(request))
    except LoginRefused as refusal:
        return entering.start_over(request, refusal.message) if refusal.locked else _refusal(REFUSED)
    entering.enter(request, user, device)
    return JsonResponse({"next": next_path})


@never_cache
@require_POST
def begin_confirming(request: HttpRequest) -> HttpResponse:
    """A challenge for whoever proves the second factor again."""
    return _challenge(request, Ceremony.CONFIRM, _person(request))


@never_cache
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The second factor again; then back to where it was asked for."""
    body = _body(request)
    try:
        _proven(request, Ceremony.CONFIRM, _person(request), body)
    except LoginRefused as refusal:
        return _refusal(entering.LOCKED if refusal.locked else REFUSED)
    entering.confirm(request)
    return JsonResponse({"next": entering.local_path(str(body.get("next", "")))})


def _person(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else through
    return user


def _owner(request: HttpRequest) -> User:
    stepping.require(request)
    return _person(request)


def _challenge(request: HttpRequest, ceremony: Ceremony, user: User) -> HttpResponse:
    if not services.held_by(user).exists():
        return _refusal("Esta conta não tem chave de acesso. Use o código do aplicativo autenticador.")
    options, state = services.begin_proving(user)
    challenges.keep(request, ceremony, user, state)
    return JsonResponse(options)


def _proven(request: HttpRequest, ceremony: Ceremony, user: User, body: dict[str, Any]) -> Device:
    state = challenges.take(request, ceremony, user)
    return services.prove(user, state, _answer(body), by=actors.from_request(request, Channel.PAGE))


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent; empty for anything else, which every ceremony refuses."""
    try:
        sent = json.loads(request.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    answer = body.get("answer")
    return answer if isinstance(answer, dict) else {}


def _refusal(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=422)
