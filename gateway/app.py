"""The addresses of the gateway."""

import logging
from collections.abc import AsyncIterator, Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway import CONTRACT, VERSION, openapi, photos
from gateway.config import Config, View
from gateway.database import Database
from gateway.guard import Guard
from gateway.positions import parse, parse_value
from gateway.problems import Refusal
from gateway.reading import KeyReading, RowReading
from gateway.stream import Open, ViewStream, compressed

# A caller that takes nothing for so long is gone: its snapshot of the database must end.
STALLED_S = 300
PIECE = 256 * 1024
MOST_ROWS = 10_000_000


class ChunkResponse(StreamingResponse):
    """Streams a generator that may block, in threads, and closes it however the answer ends."""

    def __init__(self, chunks: Generator[bytes], *, done: Callable[[], None] = lambda: None, **options: Any) -> None:
        self._chunks, self._done = chunks, done
        super().__init__(self._each(), **options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def patient(message: Any) -> None:
            with anyio.fail_after(STALLED_S):
                await send(message)

        try:
            await super().__call__(scope, receive, patient)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._chunks.close)
            self._done()

    async def _each(self) -> AsyncIterator[bytes]:
        while chunk := await run_in_threadpool(next, self._chunks, b""):
            yield chunk


class Gateway:
    """Answers requests by the configuration."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._database = Database(config)
        self._streams = 0

    async def health(self, request: Request) -> Response:
        _parameters(request)
        folder = self._config.photos
        return JSONResponse(
            {
                "version": VERSION,
                "contract": CONTRACT,
                "database": await run_in_threadpool(self._database.reachable),
                "photos": folder is not None and await run_in_threadpool(folder.is_dir),
                "clock": datetime.now(UTC).isoformat(),
            }
        )

    async def openapi(self, request: Request) -> Response:
        _parameters(request)
        return Response(orjson.dumps(openapi.document(self._config.views)), media_type="application/json")

    async def views(self, request: Request) -> Response:
        _parameters(request)
        shown = [
            {"name": view.name, "columns": view.columns, "updated": view.updated, "key": view.key}
            for view in self._config.views.values()
        ]
        return Response(orjson.dumps({"views": shown}), media_type="application/json")

    async def view(self, request: Request) -> Response:
        view, asked = self._agreed(request), _parameters(request, "after", "until", "limit")
        after, until = parse(asked.get("after"), "after"), parse_value(asked.get("until"), "until")
        limit = _limit(asked.get("limit"))
        return self._stream(
            request, view, lambda connection, dialect: RowReading(connection, dialect, view, after, until, limit)
        )

    async def keys(self, request: Request) -> Response:
        view, asked = self._agreed(request), _parameters(request, "since")
        since = parse_value(asked.get("since"), "since")
        return self._stream(request, view, lambda connection, dialect: KeyReading(connection, dialect, view, since))

    def _agreed(self, request: Request) -> View:
        view = self._config.views.get(request.path_params["view"])
        if view is None:
            raise Refusal(404, "A visão não está entre as acordadas.", code="view")
        return view

    def _stream(self, request: Request, view: View, opened: Open) -> Response:
        if self._streams >= self._config.streams:
            raise Refusal(429, "Leituras demais ao mesmo tempo; espere uma acabar.", code="streams", retry_after=10)
        self._streams += 1
        known, rows = request.scope["gateway"], self._config.batch_rows
        stream = ViewStream(self._database, view.name, opened, batch_rows=rows, reference=known["reference"])

        def done() -> None:
            self._streams -= 1
            known["rows"] = stream.sent

        headers = {"Vary": "Accept-Encoding"}
        body = stream.chunks()
        if "zstd" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "zstd"
            body = compressed(body)
        return ChunkResponse(body, done=done, media_type="application/x-ndjson", headers=headers)

    async def photo(self, request: Request) -> Response:
        _parameters(request)
        path = await run_in_threadpool(photos.find, self._config.photos, request.path_params["key"])
        size = (await run_in_threadpool(path.stat)).st_size
        asked = photos.span(request.headers.get("range"), size)
        first, last = asked or (0, size - 1)
        headers = {"Accept-Ranges": "bytes", "Content-Length": str(last - first + 1)}
        if asked:
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        body = _bytes(path, first, last)
        return ChunkResponse(
            body, status_code=206 if asked else 200, headers=headers, media_type="application/octet-stream"
        )


def _bytes(path: Path, first: int, last: int) -> Generator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _parameters(request: Request, *known: str) -> dict[str, str]:
    """The parameters of a request, each once. Raises Refusal for any other."""
    asked = request.query_params.multi_items()
    if {name for name, _ in asked} - set(known) or len(dict(asked)) < len(asked):
        names = ", ".join(known) or "nenhum"
        raise Refusal(400, f"Parâmetro desconhecido ou repetido; os aceitos: {names}.", code="parameter")
    return dict(asked)


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= MOST_ROWS):
        raise Refusal(400, f"limit deve ser um número de 1 a {MOST_ROWS}.", code="parameter")
    return int(text)


def routes(gateway: Gateway) -> list[Route]:
    """Every address, as gateway/openapi.py describes them."""
    return [
        Route("/v1/health", gateway.health),
        Route("/v1/openapi.json", gateway.openapi),
        Route("/v1/views", gateway.views),
        Route("/v1/views/{view}", gateway.view),
        Route("/v1/views/{view}/keys", gateway.keys),
        Route("/v1/photos/{key:path}", gateway.photo),
    ]


def build(config: Config) -> ASGIApp:
    """The application, behind its guard."""
    # It shows whole addresses, with positions and photo keys; the guard's log has ids only.
    logging.getLogger("uvicorn.access").disabled = True
    return Guard(Router(routes(Gateway(config)), redirect_slashes=False, default=_unknown), config)


async def _unknown(scope: Scope, receive: Receive, send: Send) -> None:
    raise Refusal(404, "Endereço desconhecido.", code="address")
