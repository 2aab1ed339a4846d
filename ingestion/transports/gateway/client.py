"""HTTP to a gateway: TLS with both certificates, one kind of failure that may be tried again and one that may not."""

import ipaddress
import random
import socket
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson
import zstandard

from ingestion.models import Source
from ingestion.network.http import GuardedTransport
from ingestion.network.trust import Trust
from ingestion.problems import SourceProblem
from ingestion.transports.gateway.problems import CUT, GARBLED, Interruption, of_code, of_transport

CONNECT_TIMEOUT_S = 15
# One fetch of the state's database must come within this, as with SQL.
READ_TIMEOUT_S = 930
# What is read at a time is still in a core's cache when it is parsed.
PIECE = 64 * 1024
LARGEST_WINDOW = 32 * 1024 * 1024
FEW_BYTES = 64 * 1024
ATTEMPTS = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 120.0
KEEPALIVE = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 30),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
]


class Attempts:
    """How often something has failed in a row."""

    def __init__(self) -> None:
        self._failed = 0

    def progressed(self) -> None:
        self._failed = 0

    def pause(self, interruption: Interruption) -> None:
        """Wait before the next attempt. Raises SourceProblem when there were enough."""
        self._failed += 1
        asked = interruption.wait or 0.0
        if self._failed >= ATTEMPTS or asked > LONGEST_WAIT_S:
            raise SourceProblem(interruption.cause) from interruption
        backoff = FIRST_WAIT_S * 2**self._failed * random.uniform(0.5, 1)  # noqa: S311 spreads load, guards nothing
        sleep(max(asked, backoff))


class Client:
    """One source's gateway.

    The token is the credentials' password; their secrets `certificate` and `key` (mTLS) are PEM, and so is `authority`
    where the source itself has none.
    """

    def __init__(self, source: Source) -> None:
        credentials, secrets = source.credentials, source.credentials.secrets
        trust = Trust(
            source.authority or secrets.get("authority", ""), secrets.get("certificate", ""), secrets.get("key", "")
        )
        plain = _is_loopback(source.host) and not trust.authority
        self._http = httpx.Client(
            base_url=httpx.URL(scheme="http" if plain else "https", host=source.host, port=source.port),
            headers={"Authorization": f"Bearer {credentials.password}", "Accept-Encoding": "zstd"},
            timeout=httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            transport=GuardedTransport(source, trust, KEEPALIVE),
            trust_env=False,
        )

    def close(self) -> None:
        self._http.close()

    @contextmanager
    def stream(self, path: str, parameters: dict[str, str]) -> Iterator[Generator[bytes]]:
        """The body in pieces of at most PIECE, whatever it was compressed to. Raises SourceProblem and Interruption."""
        try:
            with self._http.stream("GET", path, params=parameters) as response:
                if response.status_code != httpx.codes.OK:
                    raise _refusal(response)
                yield _pieces(response)
        except httpx.HTTPError as error:
            raise of_transport(error) from error
        except zstandard.ZstdError as error:
            raise Interruption(CUT) from error

    def content(self, path: str, most: int) -> bytes:
        """A whole small body, tried again as often as is sensible; longer ones come with `most` + 1 bytes or more."""
        attempts = Attempts()
        while True:
            try:
                with self.stream(path, {}) as pieces:
                    found = b""
                    for piece in pieces:
                        found += piece
                        if len(found) > most:
                            break
                    return found
            except Interruption as interruption:
                attempts.pause(interruption)

    def json(self, path: str) -> Any:
        """A small answer. Raises SourceProblem."""
        try:
            return orjson.loads(self.content(path, FEW_BYTES * 16))
        except orjson.JSONDecodeError:
            raise SourceProblem(GARBLED, passing=False) from None


class _Raw:
    """A response as zstandard reads it."""

    def __init__(self, response: httpx.Response) -> None:
        self._chunks = response.iter_raw()

    def read(self, size: int) -> bytes:
        return next(self._chunks, b"")


def _pieces(response: httpx.Response) -> Generator[bytes]:
    if response.headers.get("content-encoding") != "zstd":
        yield from response.iter_raw(PIECE)
        return
    reader = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).stream_reader(_Raw(response))  # type: ignore[arg-type]
    while piece := reader.read1(PIECE):
        yield piece


def _refusal(response: httpx.Response) -> SourceProblem | Interruption:
    said: Any = {}
    with suppress(orjson.JSONDecodeError):
        said = orjson.loads(next(response.iter_bytes(FEW_BYTES), b""))
    said = said if isinstance(said, dict) else {}
    problem = of_code(said.get("code"), said.get("reference"), response.status_code)
    if response.status_code in (httpx.codes.TOO_MANY_REQUESTS, *range(500, 600)) and problem.passing:
        return Interruption(problem.cause, _retry_after(response))
    return problem


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    """True for this machine, where a demonstration's gateway needs no certificate."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


sleep = time.sleep
