"""Photographs that rows read by SQL name by their address, on the server of the mapping's `photos` section."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from ingestion.mapping.api import PhotoServer
from ingestion.mapping.compiling import PhotoError
from ingestion.models import Source
from ingestion.problems import EntryRefused, SourceProblem
from ingestion.reasons import ReasonCode
from ingestion.transports.rest.client import ApiClient
from ingestion.transports.rest.opening import open_client, protected
from registry.services.photos import LARGEST

IN_THE_CLEAR = "Pela internet (regra 5) as fotografias só são lidas por https; corrija photos.base."
# What separates steps when it is written with %: no image is named by it.
_DISGUISED: Final = frozenset("/\\\x00")


class Photographs:
    """The images of one source's server."""

    def __init__(self, client: ApiClient, server: PhotoServer) -> None:
        self._client, self._base = client, server.base

    def __call__(self, named: str) -> bytes:
        """The image at an address beneath `photos.base`, whole or by its last part. Raises PhotoError, SourceProblem.

        An address elsewhere is no photograph of the state's: credentials go nowhere else, whatever a row says.
        """
        address = self._address(named)
        if address is None:
            raise PhotoError(ReasonCode.PHOTO_MISSING)
        try:
            content = self._client.file(address, LARGEST)
        except SourceProblem as problem:
            raise _of_photographs(problem) from problem
        if content is None:
            raise PhotoError(ReasonCode.PHOTO_MISSING)
        return content

    def _address(self, named: str) -> str | None:
        named = named.strip()
        if named.lower().startswith(("http://", "https://")):
            if not named.startswith(f"{self._base}/"):
                return None
            named = named.removeprefix(self._base)
            query = urlsplit(named).query
            steps = urlsplit(named).path.split("/")
        else:
            query, steps = "", [quote(step) for step in named.split("/")]
        plain = [unquote(step) for step in steps]
        if not any(plain) or any(step in ("..", ".") or set(step) & _DISGUISED for step in plain):
            return None
        path = "/".join(step for step in steps if step)
        return f"{self._base}/{path}" + (f"?{query}" if query else "")


@contextmanager
def photographs(source: Source, server: PhotoServer) -> Iterator[Photographs]:
    """The open server of a source's photographs; nothing is asked yet. Raises SourceProblem."""
    if not protected(source, server):
        raise SourceProblem(IN_THE_CLEAR, passing=False)
    with open_client(source, server, encoding="utf-8", accept="image/png, image/jpeg") as client:
        yield Photographs(client, server)


def _of_photographs(problem: SourceProblem) -> SourceProblem:
    """The same cause in words of this server: those of an API name another section of the mapping."""
    words = problem.cause.replace("A API do estado", "O servidor de fotografias").replace("api.", "photos.")
    return EntryRefused(words) if isinstance(problem, EntryRefused) else SourceProblem(words, passing=problem.passing)
