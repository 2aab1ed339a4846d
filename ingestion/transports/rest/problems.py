"""What goes wrong with an API, in words for whoever has to act. Never its text, which may hold data."""

import ssl
from collections.abc import Iterator

import httpx

from ingestion.problems import EntryRefused, SourceProblem

# X509_V_ERR_* of OpenSSL.
EXPIRED, NOT_YET_VALID, WRONG_HOST, WRONG_ADDRESS = 10, 9, 62, 64
CERTIFICATES = {
    EXPIRED: "O certificado da API do estado venceu; peça ao estado que o renove.",
    NOT_YET_VALID: "O certificado da API do estado ainda não é válido; confira o relógio dos dois lados.",
    WRONG_HOST: "O certificado da API é de outro nome de servidor; confira api.base com o estado.",
    WRONG_ADDRESS: "O certificado da API é de outro endereço; confira api.base com o estado.",
}
UNTRUSTED = (
    "O certificado da API não é de autoridade reconhecida; se o estado tem autoridade própria, guarde o certificado"
    " dela como segredo e cite o nome em api.authority."
)
STATUSES = {
    401: "A API do estado recusou a credencial (401); confira api.authentication e os segredos da fonte.",
    403: "A API do estado negou o acesso a um caminho do mapeamento (403); peça ao estado a permissão de leitura.",
    404: "Um caminho do mapeamento não existe mais na API do estado (404); confira endpoint.",
    405: "A API do estado não aceita leitura (GET) em um caminho do mapeamento (405); confira endpoint.",
    410: "Um caminho do mapeamento foi retirado da API do estado (410); confira endpoint.",
    429: "A API do estado pediu para esperar (429); se repetir, reduza api.requests_per_second.",
}
PASSING_STATUSES = frozenset({408, 425, 429})
NOT_JSON = (
    "A API do estado respondeu algo que não é JSON (página de erro ou de entrada?); confira endpoint com o estado."
)
CUT_SHORT = "A resposta da API do estado chegou pela metade."
TOO_LARGE = "Uma resposta da API do estado passou de {mebibytes} MiB; declare paginação ou reduza page_size."
TIMEOUT = "A API do estado demorou mais que api.timeout; reduza page_size ou aumente timeout."
UNREACHABLE = "Não foi possível falar com a API do estado (rede, VPN ou servidor fora do ar)."


class NotFound(SourceProblem):
    """The address does not exist."""


def of_status(status: int) -> SourceProblem:
    """The cause of an answer that is not 200."""
    if status in (404, 410):
        return NotFound(STATUSES[status], passing=False)
    if status == 401:
        return EntryRefused(STATUSES[status])
    if status in STATUSES:
        return SourceProblem(STATUSES[status], passing=status in PASSING_STATUSES)
    if 300 <= status < 400:
        return SourceProblem("A API do estado manda a outro endereço; escreva o endereço final em api.", passing=False)
    if status >= 500:
        return SourceProblem(f"A API do estado falhou ({status}).")
    if status >= 400:
        sentence = f"A API do estado não aceitou o pedido ({status}); confira parâmetros, paginação e incremental."
        return SourceProblem(sentence, passing=status in PASSING_STATUSES)
    return SourceProblem(f"A API do estado respondeu {status}, e não 200; confira endpoint.", passing=False)


def of_transport(error: Exception) -> SourceProblem:
    """The cause of an exchange that broke."""
    for cause in _chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return SourceProblem(CERTIFICATES.get(cause.verify_code, UNTRUSTED), passing=False)
        if isinstance(cause, ssl.SSLError) and "ALERT" in (cause.reason or ""):
            sentence = "A API do estado recusou a conexão TLS; confira o certificado de cliente (certificate e key)."
            return SourceProblem(sentence, passing=False)
    if isinstance(error, httpx.TimeoutException):
        return SourceProblem(TIMEOUT)
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.DecodingError):
        return SourceProblem(CUT_SHORT)
    return SourceProblem(UNREACHABLE)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
