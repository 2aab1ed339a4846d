"""Error answers: what happened, what to do, a reference code. JSON under /api/, a fragment for htmx, else a page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

API_PREFIX = "/api/"
MESSAGES = {
    400: "O pedido não pôde ser entendido. Volte, confira os dados e tente de novo.",
    403: "Seu perfil não permite esta ação. Procure o ponto focal do seu órgão.",
    404: "Não encontrado, ou fora do que você pode ver.",
    500: "Erro interno. Tente de novo; se persistir, informe o código de referência ao suporte.",
    503: "Auditoria indisponível: por segurança, nada foi mostrado. Tente de novo em instantes.",
}


def answer(request: HttpRequest, status: int, detail: str = "", *, template: str = "") -> HttpResponse:
    """The error answer for a status, in the form the client reads."""
    reference = str(getattr(request, "reference", ""))
    detail = detail or MESSAGES[status]
    if request.path.startswith(API_PREFIX):
        return JsonResponse({"status": status, "detail": detail, "reference": reference}, status=status)
    if request.headers.get("HX-Request") == "true":
        name, context = ("components/error.html", {"text": detail, "reference": reference})
    else:
        name, context = (template or f"{status}.html", _frame(detail, reference))
    # Without the context processors: they read the database, which may be what failed.
    return HttpResponse(render_to_string(name, context), status=status)


def _frame(detail: str, reference: str) -> dict[str, Any]:
    return {
        "detail": detail,
        "reference": reference,
        "platform_name": settings.PLATFORM_NAME,
        "central_body": settings.CENTRAL_BODY,
        "version": settings.VERSION,
        "fictitious": settings.FICTITIOUS,
    }


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        403,
        "O formulário expirou ou veio de outro sítio. Volte, recarregue a página e tente de novo.",
        template="403_csrf.html",
    )
