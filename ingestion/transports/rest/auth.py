"""Who we are to a state's API: what each kind of authentication adds to a request, and what TLS stands on."""

import time
from collections.abc import Callable, Generator
from contextlib import suppress

import httpx

from ingestion.mapping.api import AnyAuthentication, ApiKey, Basic, ClientCredentials, HttpServer
from ingestion.models import Source
from ingestion.network.trust import Trust
from ingestion.problems import EntryRefused, SourceProblem
from ingestion.transports.rest import problems

# Gives the value of a secret by its name. Raises SourceProblem for one that the source does not have.
Secrets = Callable[[str], str]
# A token is renewed this long before its end, in seconds.
MARGIN_S = 30
DEFAULT_LIFE_S = 300


def authentication(given: AnyAuthentication, secrets: Secrets) -> httpx.Auth:
    """What signs every request."""
    match given:
        case ApiKey():
            return _Key(given, secrets(given.secret))
        case Basic():
            return httpx.BasicAuth(secrets(given.username), secrets(given.password))
        case ClientCredentials():
            return _Token(given, secrets(given.client_id), secrets(given.client_secret))
    return httpx.Auth()


class _Key(httpx.Auth):
    """A fixed key."""

    def __init__(self, given: ApiKey, value: str) -> None:
        self._given, self._value = given, given.prefix + value
        if not (self._value.isascii() and self._value.isprintable()):
            raise SourceProblem(
                "A chave da API tem caractere que um cabeçalho não leva; guarde-a de novo.", passing=False
            )

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._given.header:
            request.headers[self._given.header] = self._value
        else:
            request.url = request.url.copy_merge_params({self._given.query or "": self._value})
        yield request


class _Token(httpx.Auth):
    """OAuth 2.0 client credentials: a token, kept until it expires or is refused."""

    requires_response_body = True

    def __init__(self, given: ClientCredentials, client: str, secret: str) -> None:
        self._given, self._client, self._secret = given, client, secret
        self._token, self._ends = "", 0.0

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if not self._token or time.monotonic() > self._ends:
            self._keep((yield self._request()))
        request.headers["Authorization"] = f"Bearer {self._token}"
        answer = yield request
        if answer.status_code == 401:
            self._keep((yield self._request()))
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def _request(self) -> httpx.Request:
        form = {"grant_type": "client_credentials"}
        if self._given.scope:
            form["scope"] = self._given.scope
        if self._given.sent_in == "body":
            form |= {"client_id": self._client, "client_secret": self._secret}
        request = httpx.Request("POST", self._given.token_address, data=form, headers={"Accept": "application/json"})
        if self._given.sent_in == "header":
            request = next(httpx.BasicAuth(self._client, self._secret).auth_flow(request))
        return request

    def _keep(self, answer: httpx.Response) -> None:
        if answer.status_code != 200:
            passing = problems.of_status(answer.status_code).passing
            sentence = (
                f"O servidor de tokens do estado recusou o pedido ({answer.status_code});"
                " confira client_id, client_secret e scope."
            )
            raise SourceProblem(sentence) if passing else EntryRefused(sentence)
        token, life = _read_token(answer)
        self._token, self._ends = token, time.monotonic() + max(life - MARGIN_S, 0)


def _read_token(answer: httpx.Response) -> tuple[str, float]:
    """The token and its life in seconds."""
    with suppress(ValueError, KeyError, TypeError):
        given = answer.json()
        token, life = given["access_token"], float(given.get("expires_in") or DEFAULT_LIFE_S)
        if isinstance(token, str) and token.isascii() and token.isprintable() and token:
            return token, life
    raise SourceProblem("O servidor de tokens do estado não deu access_token; confira token_address.", passing=False)


def trust(server: HttpServer, source: Source, secrets: Secrets) -> Trust:
    """The authority of the mapping or of the source, and our client certificate where the mapping names it."""
    authority = secrets(server.authority) if server.authority else source.authority
    named = server.authentication
    if named.certificate and named.key:
        return Trust(authority, secrets(named.certificate), secrets(named.key))
    return Trust(authority)
