"""Photographs on their way in: from the state's column or photo folder to the registry's encrypted store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingestion.mapping.compiling import PhotoError
from ingestion.problems import SourceProblem
from ingestion.reasons import ReasonCode
from registry.services import photos as registry_photos

UNREACHABLE = "A pasta de fotos da fonte não está acessível neste servidor; monte-a ou corrija a fonte."

Fetch = Callable[[str], bytes]


class Photos:
    """Takes images in for one source; `folder` is where the paths of its rows begin.

    Where the way to the state gives photographs too, `fetch` gets them by what the row says of them: of a path, and of
    an address that is still to be asked (an API's reading brings the image itself).
    """

    def __init__(self, folder: str, fetch: Fetch | None = None) -> None:
        self._folder = Path(folder).resolve() if folder else None
        self._fetch = fetch

    def store(self, value: Any, kind: str) -> tuple[str, int]:
        """Keep the image of a row; its SHA-256 and size in bytes. Raises PhotoError, and SourceProblem for all."""
        return self._take(value, kind, registry_photos.store)

    def look(self, value: Any, kind: str) -> tuple[str, int]:
        """The same as `store`, and nothing is kept. Raises PhotoError."""
        return self._take(value, kind, registry_photos.check)

    def _take(self, value: Any, kind: str, keep: Callable[[bytes], str]) -> tuple[str, int]:
        named = kind == "path" or (kind == "url" and isinstance(value, str))
        content = self._read(value, kind) if named else _octets(value)
        try:
            return keep(content), len(content)
        except registry_photos.InvalidPhoto as error:
            raise PhotoError(ReasonCode.PHOTO_INVALID) from error

    def _read(self, value: Any, kind: str) -> bytes:
        name = str(value or "").strip()
        if name and self._fetch is not None:
            return self._fetch(name)
        if self._folder is None or kind == "url" or not name or "\x00" in name:
            raise PhotoError(ReasonCode.PHOTO_MISSING)
        path = (self._folder / name.lstrip("/")).resolve()
        # A row may not reach outside the folder that the source was given.
        if not path.is_relative_to(self._folder) or not path.is_file():
            # A folder that is not mounted says nothing of its photographs.
            if not self._folder.is_dir():
                raise SourceProblem(UNREACHABLE)
            raise PhotoError(ReasonCode.PHOTO_MISSING)
        try:
            if path.stat().st_size > registry_photos.LARGEST:
                raise PhotoError(ReasonCode.PHOTO_INVALID)
            return path.read_bytes()
        except OSError as error:
            raise PhotoError(ReasonCode.PHOTO_MISSING) from error


def _octets(value: Any) -> bytes:
    if value is None:
        raise PhotoError(ReasonCode.PHOTO_MISSING)
    if isinstance(value, dict):  # the outline kept in quarantine, without the image
        raise PhotoError(ReasonCode.COLUMN_UNREAD)
    if not isinstance(value, bytes | bytearray | memoryview):
        raise PhotoError(ReasonCode.PHOTO_INVALID)
    return bytes(value)
