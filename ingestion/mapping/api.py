"""The `api` section of a mapping: a state's own REST API, described so that no state needs a program of its own.

It names secrets and never holds one: the values are in the source's encrypted credentials.
"""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# Keys of JSON as states write them, joined by dots: pessoa.data-nascimento, enderecos.0.cep.
PATH = re.compile(r"[\w$@#-]+(?:\.[\w$@#-]+)*")
SECRET = re.compile(r"[a-z][a-z0-9_]{0,39}")
# How the watermark is written, besides strftime directives.
EPOCHS = {"epoch": 1, "epoch_ms": 1000}


class Strict(BaseModel):
    """Unknown keys are refused, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known or parts.username or parts.query or parts.fragment or not value.isprintable() or " " in value:
        raise ValueError(f"“{value}” não é endereço; escreva https://servidor/caminho, sem usuário, ? ou #")
    return value.rstrip("/")


def _endpoint(value: str) -> str:
    if not value.startswith("/") or value.startswith("//") or not value.isprintable() or set(value) & set(" ?#\\"):
        raise ValueError(f"“{value}” não é caminho; comece por / e ponha o que vem depois de ? em parameters")
    if ".." in value.split("/"):
        raise ValueError("o caminho não pode ter ..")
    return value


def _path(value: str) -> str:
    if not PATH.fullmatch(value):
        raise ValueError(f"“{value}” não é caminho no JSON; escreva chaves separadas por ponto, como dados.itens")
    return value


def _secret(value: str) -> str:
    if not SECRET.fullmatch(value):
        raise ValueError("escreva só o nome do segredo (minúsculas, dígitos e _); o valor se guarda na fonte")
    return value


def _printable(value: str) -> str:
    if not value or not value.isprintable() or not value.isascii():
        raise ValueError("use letras sem acento, dígitos e sinais; não pode ficar vazio")
    return value


def _header(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+", value):
        raise ValueError(f"“{value}” não é nome de cabeçalho HTTP, como X-Api-Key")
    return value


def _photo(value: str) -> str:
    if value.count("{value}") != 1:
        raise ValueError("o endereço da foto precisa de {value} uma vez, no lugar do que a coluna diz")
    return _endpoint(value)


Address = Annotated[str, AfterValidator(_address)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
JsonPath = Annotated[str, AfterValidator(_path)]
Secret = Annotated[str, AfterValidator(_secret)]
Name = Annotated[str, AfterValidator(_printable)]
PageSize = Annotated[int, Field(ge=1, le=5000)]


class Authentication(Strict):
    """Who we are to the API: none of our own but, in any kind, a client certificate (mTLS) where it asks for one."""

    certificate: Secret | None = None  # PEM, with what leads to the authority
    key: Secret | None = None  # PEM


class NoAuthentication(Authentication):
    kind: Literal["none"]


class ApiKey(Authentication):
    """A fixed key, in a header (after `prefix`, as in “Bearer ”) or in a query parameter."""

    kind: Literal["api_key"]
    secret: Secret
    header: Annotated[str, AfterValidator(_header)] | None = None
    query: Name | None = None
    prefix: str = ""


class Basic(Authentication):
    """User and password (RFC 7617)."""

    kind: Literal["basic"]
    username: Secret = "username"
    password: Secret = "password"  # noqa: S105 the name of a secret


class ClientCredentials(Authentication):
    """OAuth 2.0 client credentials (RFC 6749, section 4.4)."""

    kind: Literal["oauth2"]
    token_address: Address
    client_id: Secret = "username"
    client_secret: Secret = "password"  # noqa: S105 the name of a secret
    scope: str = ""
    sent_in: Literal["header", "body"] = "header"


class Mtls(Authentication):
    """A client certificate and nothing more."""

    kind: Literal["mtls"]
    certificate: Secret
    key: Secret


class SinglePage(Strict):
    """The whole view in one answer."""

    kind: Literal["none"]


class Paged(Strict):
    """Pages of `page_size` records, asked for with `size_parameter` where the API lets us choose."""

    page_size: PageSize = 500
    size_parameter: Name | None = None


class PageNumber(Paged):
    """Numbered pages, until one is empty or, with `beyond: not_found`, answers 404."""

    kind: Literal["page"]
    parameter: Name = "page"
    first: int = 1
    beyond: Literal["empty", "not_found"] = "empty"
    stable: bool = False  # declares that no record changes its place while pages are read


class Offset(Paged):
    """How many records to skip, until none comes."""

    kind: Literal["offset"]
    parameter: Name = "offset"
    stable: bool = False  # as of PageNumber


class Cursor(Paged):
    """The answer says (`next`) what to send in `parameter` to go on; null or absent at the end."""

    kind: Literal["cursor"]
    parameter: Name
    next: JsonPath


class LinkHeader(Paged):
    """The header `Link` with rel="next" (RFC 8288)."""

    kind: Literal["link"]


class Keyset(Paged):
    """Each page begins at the last moment of the one before, by the incremental parameter."""

    kind: Literal["keyset"]


class Incremental(Strict):
    """How the API is asked for what changed since a moment.

    `parameter` may hold {column}, the column of dt_atualizacao. `ordered` declares that records come by
    dt_atualizacao, oldest first, so that a stopped reading goes on from where it was. `inclusive: false` is for an API
    that leaves out the moment itself.
    """

    parameter: Name
    format: str = "%Y-%m-%dT%H:%M:%S"
    utc: bool = False
    ordered: bool = False
    inclusive: bool = True


AnyAuthentication = NoAuthentication | ApiKey | Basic | ClientCredentials | Mtls
AnyPagination = SinglePage | PageNumber | Offset | Cursor | LinkHeader | Keyset
Pagination = Annotated[AnyPagination, Field(discriminator="kind")]


class HttpServer(Strict):
    """A server of the state's: where it is, who we are there, and how fast it may be asked."""

    base: Address
    authentication: Annotated[AnyAuthentication, Field(discriminator="kind")] = NoAuthentication(kind="none")
    authority: Secret | None = None  # PEM of the authority that signed the server's certificate, where a private one
    requests_per_second: Annotated[float, Field(gt=0, le=1000)] = 10
    timeout: Annotated[float, Field(ge=1, le=900)] = 60  # seconds for one answer, whole

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that is asked."""
        given = self.authentication
        return (self.base, given.token_address) if isinstance(given, ClientCredentials) else (self.base,)


class PhotoServer(HttpServer):
    """The `photos` section: where a state that is read by SQL serves the images that its rows name."""


class Api(HttpServer):
    """A whole `api` section; a view may have its own `records`, `pagination` and `incremental`."""

    pagination: Pagination = SinglePage(kind="none")
    records: JsonPath | None = None  # where the list is in the answer; the answer itself without it
    incremental: Incremental | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    photo: Annotated[str, AfterValidator(_photo)] | None = None
