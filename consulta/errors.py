"""Errors of the API, all in one shape: `{"status", "detail", "reference"}`, and `errors` by field for a 400."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from audit import recorder
from audit.events import Channel, Event, Kind
from audit.recorder import AuditUnavailable
from consulta.access import PurposeRequired
from consulta.limits import LimitReached
from consulta.profile.grounds import ReasonRequired
from credentialing import actors
from credentialing.policy import DeniedOnRecord

DETAILS = {
    400: "O pedido tem campos inválidos.",
    401: "Apresente uma credencial válida (Authorization: Bearer …) ou entre na plataforma.",
    403: "Seu perfil não permite esta ação.",
    404: "Não encontrado, ou fora do que você pode ver.",
    405: "Este endereço não aceita o método usado.",
    406: "A API responde em JSON.",
    415: "Envie o corpo em JSON (Content-Type: application/json).",
    428: "Declare a finalidade em POST /api/v1/purposes/ e envie o id recebido no cabeçalho X-Purpose.",
    429: "Muitas tentativas. Aguarde e tente de novo.",
    503: "Auditoria indisponível: por segurança, nada foi mostrado. Tente de novo em instantes.",
}

_REASON = "É a ficha de um advogado: envie o fato que justifica a consulta (15 caracteres ou mais) em X-Reason."


def handle_api_exception(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of an API view into its answer; None leaves it to the server's error 500."""
    code = _status(exception)
    if code is None:
        return None
    set_rollback()
    if code == status.HTTP_403_FORBIDDEN and not isinstance(exception, DeniedOnRecord):
        code = _record_denial(context)
    reference = str(getattr(context["request"], "reference", ""))
    body: dict[str, Any] = {"status": code, "detail": DETAILS.get(code, ""), "reference": reference}
    headers = {}
    if isinstance(exception, ReasonRequired):
        body["detail"] = _REASON
    elif isinstance(exception, exceptions.ValidationError):
        body["errors"] = exception.detail
    elif isinstance(exception, exceptions.APIException):
        body["detail"] = body["detail"] or str(exception.detail)
        headers = _headers(exception)
    elif isinstance(exception, LimitReached):
        body["detail"], headers = exception.message, {"Retry-After": str(exception.wait)}
    return Response(body, status=code, headers=headers)


def _status(exception: Exception) -> int | None:
    if isinstance(exception, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return status.HTTP_401_UNAUTHORIZED
    if isinstance(exception, exceptions.APIException):
        return exception.status_code
    known: dict[type[Exception], int] = {
        Http404: 404,
        PermissionDenied: 403,
        PurposeRequired: 428,
        ReasonRequired: 428,
        LimitReached: 429,
        AuditUnavailable: 503,
    }
    return next((code for kind, code in known.items() if isinstance(exception, kind)), None)


def _record_denial(context: dict[str, Any]) -> int:
    """Record the refusal by its route; 403, or 503 when even that cannot be recorded."""
    request = context["request"]
    match = request.resolver_match
    actor = actors.from_request(request, Channel.API)
    event = Event(kind=Kind.DENIED, actor=actor, detail={"route": match.view_name if match else ""})
    try:
        recorder.record_now(event)
    except AuditUnavailable:
        return status.HTTP_503_SERVICE_UNAVAILABLE
    return status.HTTP_403_FORBIDDEN


def _headers(exception: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers
