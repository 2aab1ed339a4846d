"""Nothing opens without a session proven by both factors. Deny by default: the exceptions are named here."""

from functools import cache
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from audit import recorder
from audit.events import Channel, Event, Kind
from credentialing import actors, sessions
from credentialing.govbr import services as govbr
from credentialing.policy import DeniedOnRecord
from credentialing.services import freezing
from credentialing.sessions import State
from credentialing.stepping import StepUpRequired
from senappen.lib import errors
from senappen.lib.types import GetResponse

# On requests a page makes by itself, which are no sign that somebody is there.
BACKGROUND = "X-Background"
# Whoever has an account approved for them proves it there, and has no session yet.
FIRST_ACCESS = "/primeiro-acesso/"
FAREWELLS = {
    State.IDLE: "Sua sessão acabou por falta de uso. Entre de novo para continuar.",
    State.EXPIRED: "Sua sessão chegou ao tempo máximo. Entre de novo para continuar.",
    State.REPLACED: "Esta sessão foi encerrada: sua conta entrou em outro aparelho, ou alguém a encerrou. "
    "Se não foi você, avise o ponto focal do seu órgão.",
    State.CLOSED: "Seu acesso foi encerrado. Procure o ponto focal do seu órgão.",
    State.UNVERIFIED: "Entre com a senha e o código de verificação.",
}


class SecondFactorMiddleware:
    """Lets through sessions that are open, the login pages and the static files; sends everyone else to the login.

    Under /api/ the session is examined all the same (an expired one is closed), but the answer is left to the
    API's own authentication, which denies by default and also knows tokens.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        state = sessions.state(request)
        if state is State.OPEN:
            if request.headers.get(BACKGROUND) != "true":
                sessions.touch(request)
            return self.get_response(request)
        if state is not State.ANONYMOUS:
            try:
                sessions.end(request, state)
            except recorder.AuditUnavailable:
                return errors.answer(request, 503)
        if state is State.FROZEN and not request.path.startswith(errors.API_PREFIX):
            return errors.answer(request, 403, freezing.TOLD, template="frozen.html")
        if _is_exempt(request.path):
            return self.get_response(request)
        if state in FAREWELLS:
            messages.warning(request, FAREWELLS[state])
        return _to_login(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask for the second factor again; record a refusal that nobody recorded yet, by its route alone."""
        if isinstance(exception, StepUpRequired):
            return _to_step_up(request)
        if isinstance(exception, freezing.Frozen):
            return errors.answer(request, 403, freezing.TOLD, template="frozen.html")
        if not isinstance(exception, PermissionDenied) or isinstance(exception, DeniedOnRecord):
            return None
        match = request.resolver_match
        actor = actors.from_request(request, Channel.PAGE)
        try:
            recorder.record_now(
                Event(kind=Kind.DENIED, actor=actor, detail={"route": match.view_name if match else ""})
            )
        except recorder.AuditUnavailable:
            return errors.answer(request, 503)
        return None


@cache
def _open_paths() -> frozenset[str]:
    """Where people prove who they are, and the metrics, which have a token of their own."""
    names = ("login", "second-factor", "passkey-enter-begin", "passkey-enter")
    return frozenset({reverse("metrics"), *(reverse(f"credentialing:{name}") for name in names)})


@cache
def _govbr_paths() -> frozenset[str]:
    return frozenset(reverse(f"credentialing:{name}") for name in ("govbr", "govbr-return"))


def _to_step_up(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the code, and from there back to the page that was open."""
    if request.path.startswith(errors.API_PREFIX):
        return errors.answer(request, 403, "O segundo fator é antigo para esta ação: emita outra credencial.")
    partial = request.headers.get("HX-Request") == "true"
    before = request.headers.get("HX-Current-URL" if partial else "Referer", "")
    wanted = request.path if request.method in {"GET", "HEAD"} and not partial else urlsplit(before).path
    address = f"{reverse('credentialing:step-up')}?{urlencode({'next': wanted or '/'})}"
    return HttpResponse(headers={"HX-Redirect": address}) if partial else HttpResponseRedirect(address)


def _is_exempt(path: str) -> bool:
    if path in _govbr_paths():
        return govbr.is_on()
    return path in _open_paths() or path.startswith((settings.STATIC_URL, errors.API_PREFIX, FIRST_ACCESS))


def _to_login(request: HttpRequest) -> HttpResponse:
    partial = request.headers.get("HX-Request") == "true"
    # A fragment is no place to come back to: the page around it is.
    wanted = urlsplit(request.headers.get("HX-Current-URL", "")).path if partial else request.path
    if not partial and request.method not in {"GET", "HEAD"}:
        wanted = ""
    query = urlencode({"next": wanted}) if wanted not in {"", "/"} else ""
    address = f"{reverse('credentialing:login')}{'?' if query else ''}{query}"
    if partial:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
