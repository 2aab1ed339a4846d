"""Error answers: what happened, what to do, a reference code. JSON under /api/, a page elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

MESSAGES = {
    400: "O pedido não pôde ser entendido. Volte, confira os dados e tente de novo.",
    403: "Seu perfil não permite esta ação. Procure o ponto focal do seu órgão.",
    404: "Não encontrado, ou fora do que você pode ver.",
    500: "Erro interno. Tente de novo; se persistir, informe o código de referência ao suporte.",
    503: "Auditoria indisponível: por segurança, nada foi mostrado. Tente de novo em instantes.",
}


def answer(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """The error answer for a status, in the form the client reads."""
    reference = str(getattr(request, "reference", ""))
    detail = detail or MESSAGES[status]
    if request.path.startswith("/api/"):
        return JsonResponse({"status": status, "detail": detail, "reference": reference}, status=status)
    return render(request, f"{status}.html", {"detail": detail, "reference": reference}, status=status)


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
    )
