"""The conduct check by a web service: one POST, a strict answer, patience that ends."""

import logging
import random
import ssl
import time
from typing import Final, Literal

import httpx
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from credentialing.requests.conduct import MOST_NOTES, Answer, Subject, Unavailable

ATTEMPTS: Final = 3
FIRST_WAIT_S: Final = 0.5
MOST_BYTES: Final = 64 << 10
# It writes addresses; ours hold nobody, but whoever configures one may put a key there.
logging.getLogger("httpx").setLevel(logging.WARNING)


class _Told(BaseModel):
    """The body of an answer. Anything more, less or other is no answer."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True)

    request: str
    reference: str = Field(min_length=1, max_length=80)
    outcome: Literal["clear", "notes"]
    notes: list[str] = Field(max_length=MOST_NOTES)


class _Again(Exception):
    """No answer yet, but there may be one in a moment."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class HttpConduct:
    """A service at `CONDUCT_URL` (https; http only where `CONDUCT_PLAIN` allows it, on this very machine).

    Its certificate is verified, against `CONDUCT_CA_FILE` if there is one; ours, where it asks, is `CONDUCT_CERT_FILE`.
    """

    def __init__(self) -> None:
        try:
            self._address = httpx.URL(settings.CONDUCT_URL)
        except httpx.InvalidURL:
            raise Unavailable("refused") from None
        local = self._address.host in {"127.0.0.1", "localhost", "::1"}
        if self._address.scheme != "https" and not (settings.CONDUCT_PLAIN and local):
            raise Unavailable("refused")

    def ask(self, subject: Subject) -> Answer:
        """See ConductService. At most `ATTEMPTS` times, each within `CONDUCT_TIMEOUT` seconds."""
        try:
            with httpx.Client(verify=_context(), timeout=settings.CONDUCT_TIMEOUT, trust_env=False) as client:
                return self._patiently(client, subject)
        except (OSError, ssl.SSLError):  # the files of certificates
            raise Unavailable("refused") from None

    def _patiently(self, client: httpx.Client, subject: Subject) -> Answer:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(client, subject)
            except _Again as fault:
                if attempt == ATTEMPTS:
                    raise Unavailable(fault.cause) from None
                time.sleep(FIRST_WAIT_S * 2 ** (attempt - 1) * (1 + random.random()))  # noqa: S311  spreads callers
        raise AssertionError("the last attempt returns or raises")

    def _once(self, client: httpx.Client, subject: Subject) -> Answer:
        # In the body: addresses are logged on both sides.
        body = {"request": subject.request, "cpf": subject.cpf, "name": subject.full_name}
        headers = {"Accept": "application/json"}
        if settings.CONDUCT_TOKEN:
            headers["Authorization"] = f"Bearer {settings.CONDUCT_TOKEN}"
        try:
            with client.stream("POST", self._address, json=body, headers=headers) as response:
                if response.status_code == 429 or response.status_code >= 500:
                    raise _Again("failing")
                if response.status_code != 200:
                    raise Unavailable("refused")
                return _understood(_body(response), subject)
        except httpx.TimeoutException:
            raise _Again("timeout") from None
        except httpx.HTTPError:
            raise _Again("network") from None


def _body(response: httpx.Response) -> bytes:
    """The whole body; one that drips, or never ends, is none."""
    body, limit = bytearray(), time.monotonic() + settings.CONDUCT_TIMEOUT
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise Unavailable("answer")
        if time.monotonic() > limit:
            raise _Again("timeout")
    return bytes(body)


def _understood(body: bytes, subject: Subject) -> Answer:
    try:
        told = _Told.model_validate_json(body)
    except ValidationError:  # its text quotes the answer
        raise Unavailable("answer") from None
    if told.request != subject.request or (told.outcome == "notes") != bool(told.notes):
        raise Unavailable("answer")
    return Answer(reference=told.reference, notes=tuple(told.notes))


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.CONDUCT_CA_FILE or None)
    if settings.CONDUCT_CERT_FILE:
        context.load_cert_chain(settings.CONDUCT_CERT_FILE)
    return context
