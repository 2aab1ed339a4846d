"""The door: only GET, only with a token, not too often; every request logged by ids, every error told the same way."""

import hashlib
import hmac
import logging
import time
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.config import Config
from gateway.limits import Limit
from gateway.problems import DatabaseProblem, Refusal, new_reference, record

logger = logging.getLogger("senappen.gateway.access")

# Wrong tokens that one address may try in a minute.
WRONG_PER_MINUTE = 30


class Guard:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._tokens = {name: bytes.fromhex(digest) for name, digest in config.tokens.items()}
        self._asked, self._wrong = Limit(config.requests_per_minute), Limit(WRONG_PER_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        started = time.monotonic()
        known: dict[str, Any] = {"reference": new_reference(), "status": 0, "bytes": 0}
        scope["gateway"] = known

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                known["status"] = message["status"]
                message["headers"] = [*message["headers"], (b"x-reference", known["reference"].encode())]
            known["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._answer(scope, receive, counted)
        finally:
            _log(scope, known, time.monotonic() - started)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = scope["gateway"]
        try:
            known["caller"] = self._admit(Request(scope))
            await self._app(scope, receive, send)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 whatever happened, the caller is told so without its text
            if known["status"]:  # the answer had begun: cut it, which the missing trailer shows
                record(error, known["reference"])
                raise ConnectionAbortedError(known["reference"]) from None
            await _refuse(error, known["reference"])(scope, receive, send)

    def _admit(self, request: Request) -> str:
        """The name of the token. Raises Refusal."""
        if request.method != "GET":
            raise Refusal(405, "Este gateway só responde a GET.", code="method")
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        digest = hashlib.sha256(token.strip().encode("utf-8", "surrogateescape")).digest()
        # Every token is compared, in constant time, so that the answer's time tells nothing.
        found = [name for name, known in self._tokens.items() if hmac.compare_digest(known, digest)]
        if scheme.lower() != "bearer" or not found:
            self._wrong.take(request.client.host if request.client else "")
            raise Refusal(401, "Token ausente ou desconhecido.", code="token")
        self._asked.take(found[0])
        return found[0]


def _refuse(error: Exception, reference: str) -> JSONResponse:
    refusal = _refusal(error)
    if refusal.status >= 500:
        record(error, reference)
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if refusal.status == 405:
        headers["Allow"] = "GET"
    content = {"detail": refusal.detail, "code": refusal.code, "reference": reference}
    return JSONResponse(content, refusal.status, headers)


def _refusal(error: Exception) -> Refusal:
    match error:
        case Refusal():
            return error
        case DatabaseProblem(detail=detail, code=code, passing=passing):
            return Refusal(503 if passing else 502, detail, code=code, retry_after=30 if passing else None)
    return Refusal(500, "Erro interno do gateway; informe a referência a quem o mantém.", code="internal")


def _log(scope: Scope, known: dict[str, Any], seconds: float) -> None:
    """Route and ids only: positions and photo keys may name a person's record."""
    route = scope.get("route")
    place = scope.get("path_params", {}).get("view", "") if known["status"] < 400 else ""
    logger.info(
        "%s caller=%s route=%s view=%s status=%s rows=%s bytes=%s ms=%d",
        known["reference"], known.get("caller", "-"), getattr(route, "path", "-"), place or "-", known["status"],
        known.get("rows", "-"), known["bytes"], seconds * 1000,
    )  # fmt: skip
