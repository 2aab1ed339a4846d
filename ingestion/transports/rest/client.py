"""Asking an API: paced, patient with what passes, and never holding more than one answer in memory."""

import json
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx

from ingestion.problems import SourceProblem
from ingestion.transports.rest import problems

ATTEMPTS = 6
FIRST_WAIT_S = 0.5
# Whoever asks us to wait longer gets a stopped load, which is tried again later.
LONGEST_WAIT_S = 120.0
MOST_BYTES = 24 << 20
Parameters = dict[str, str]
T = TypeVar("T")

# It writes addresses, which may carry a key.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Answer:
    """A page as the API gave it. `link` is the next one's address, from the header Link."""

    body: Any
    link: str | None


class Again(Exception):
    """An exchange that may go well another time, after so many seconds if the API says."""

    def __init__(self, problem: SourceProblem, wait: float | None = None) -> None:
        super().__init__(problem)
        self.problem, self.wait = problem, wait


class ApiClient:
    """An open client of one source."""

    def __init__(self, http: httpx.Client, *, requests_per_second: float, timeout: float, encoding: str) -> None:
        self._http, self._timeout, self._encoding = http, timeout, encoding
        self._interval, self._free_at = 1 / requests_per_second, 0.0
        self.skew: timedelta | None = None  # of the state's clock, by its last answer

    def page(self, address: str, parameters: Parameters | None) -> Answer:
        """The JSON at an address. Raises SourceProblem."""

        def read(response: httpx.Response) -> Answer:
            body = self._body(response, MOST_BYTES)
            if len(body) > MOST_BYTES:
                raise SourceProblem(problems.TOO_LARGE.format(mebibytes=MOST_BYTES >> 20), passing=False)
            link = response.links.get("next", {}).get("url")
            following = str(response.url.join(link)) if link else None
            return Answer(_json(body, self._encoding), following)

        return self._patiently(address, parameters, read)

    def file(self, address: str, most: int) -> bytes | None:
        """What is at an address, cut one byte after `most`; None where there is nothing. Raises SourceProblem."""
        try:
            return self._patiently(address, None, lambda response: self._body(response, most))
        except problems.NotFound:
            return None

    def _patiently(self, address: str, parameters: Parameters | None, read: Callable[[httpx.Response], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(address, parameters, read)
            except Again as fault:
                wait = _backoff(attempt) if fault.wait is None else fault.wait
                if attempt == ATTEMPTS or wait > LONGEST_WAIT_S:
                    raise fault.problem from fault.__cause__
                time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, address: str, parameters: Parameters | None, read: Callable[[httpx.Response], T]) -> T:
        self._pace()
        try:
            with self._http.stream("GET", address, params=parameters) as response:
                self.skew = _skew(response)
                if response.status_code != 200:
                    raise _refusal(response)
                return read(response)
        except httpx.InvalidURL as error:
            raise SourceProblem("A API deu um endereço de próxima página que não é válido.", passing=False) from error
        except httpx.HTTPError as error:
            problem = problems.of_transport(error)
            raise (Again(problem) if problem.passing else problem) from error

    def _body(self, response: httpx.Response, most: int) -> bytes:
        """The whole body, or its first `most` bytes and one chunk; a drip does not outlast the timeout."""
        body, limit = bytearray(), time.monotonic() + self._timeout
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > most:
                break
            if time.monotonic() > limit:
                raise Again(SourceProblem(problems.TIMEOUT))
        return bytes(body)

    def _pace(self) -> None:
        now = time.monotonic()
        if now < self._free_at:
            time.sleep(self._free_at - now)
        self._free_at = max(now, self._free_at) + self._interval


def _json(body: bytes, encoding: str) -> Any:
    """The value of a body. Bytes that are not text stay as lone surrogates, for their own row to be refused."""
    text = body.decode(encoding, errors="surrogateescape").lstrip("\ufeff \t\r\n")
    try:
        return json.loads(text, parse_constant=str)
    except (ValueError, RecursionError) as error:
        cut = text[:1] in ("[", "{")
        raise Again(SourceProblem(problems.CUT_SHORT if cut else problems.NOT_JSON, passing=cut)) from error


def _refusal(response: httpx.Response) -> Exception:
    problem = problems.of_status(response.status_code)
    return Again(problem, _asked_wait(response)) if problem.passing else problem


def _asked_wait(response: httpx.Response) -> float | None:
    """Seconds of the header Retry-After, a number or a date (RFC 9110, section 10.2.3)."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)


def _skew(response: httpx.Response) -> timedelta | None:
    """How far the server's clock is ahead of ours, by the header Date (RFC 9110, section 6.6.1)."""
    try:
        return parsedate_to_datetime(response.headers["Date"]) - datetime.now(UTC)
    except (KeyError, ValueError, TypeError):
        return None


def _backoff(attempt: int) -> float:
    """Doubling, with up to half as much again, so that sources do not come back all at once."""
    return FIRST_WAIT_S * float(2 ** (attempt - 1)) * random.uniform(1, 1.5)  # noqa: S311 not a secret
