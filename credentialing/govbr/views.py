"""To gov.br and back. Whatever fails there or here is told in one sentence, which says of no account that it exists."""

from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from audit.events import Channel
from credentialing import actors, entering, sessions
from credentialing.govbr import services
from credentialing.models import User
from credentialing.services.login import LoginRefused

NEXT: Final = "govbr_next"
REFUSED: Final = (
    "Não foi possível entrar com o gov.br. Espere alguns minutos e tente de novo, ou entre com usuário e senha. Se "
    "persistir, procure o ponto focal do seu órgão, com o código {reference}."
)


@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to gov.br with a state, a nonce and a challenge of its own."""
    _require_on()
    next_path = entering.local_path(request.GET.get("next", ""))
    if isinstance(request.user, User):
        return redirect(next_path)
    # Anybody may begin, and most who do not come back leave a row behind: it ages as fast as what it holds.
    request.session.set_expiry(services.SECONDS)
    request.session[NEXT] = next_path
    response: HttpResponse = OIDCAuthenticationRequestView.as_view()(request)
    return response


@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """First factor. Success opens no session: it leads to the second, as the password does."""
    _require_on()
    next_path = request.session.pop(NEXT, reverse("credentialing:home"))
    if isinstance(request.user, User):
        return redirect(next_path)
    told = request.GET
    answer = services.Answer(
        state=told.get("state", ""),
        code=told.get("code", ""),
        error=told.get("error", ""),
        return_address=request.build_absolute_uri(reverse(settings.OIDC_AUTHENTICATION_CALLBACK_URL)),
    )
    begun = services.take(request, answer.state)
    try:
        user = services.identify(answer, begun, by=actors.from_request(request, Channel.PAGE))
    except LoginRefused:
        # A redirect, so that code and state leave the address bar.
        reference = getattr(request, "reference", "")
        messages.error(request, REFUSED.format(reference=reference))
        return redirect(f"{reverse('credentialing:login')}?{urlencode({'next': next_path})}")
    sessions.hold(request, user, next_path, first=sessions.First.GOVBR)
    return redirect("credentialing:second-factor")


def farewell(request: HttpRequest) -> HttpResponse | None:
    """The page that leads through gov.br's own logout: for a session that it opened, where that is configured.

    A page and not a redirect: our policy sends forms to this site alone, and browsers hold redirects to it.
    """
    if sessions.first_factor(request) is not sessions.First.GOVBR or not settings.GOVBR_LOGOUT_RETURN:
        return None
    back = urlencode({"post_logout_redirect_uri": settings.GOVBR_LOGOUT_RETURN})
    address = f"{settings.GOVBR_LOGOUT_ENDPOINT}?{back}"
    response = render(request, "credentialing/govbr/leaving.html", {"address": address})
    response["Refresh"] = f"0; url={address}"
    return response


def _require_on() -> None:
    if not services.is_on():
        raise Http404
