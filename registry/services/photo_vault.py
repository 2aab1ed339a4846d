"""The storage of photographs as a place of encrypted values: counted and written again file by file."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from registry.services import photos
from senappen.lib import crypto
from senappen.lib.vault import Step

# Only the start of a file is read to know its key: a batch looks at so many, however few need writing.
LOOKED_AT = 20_000


class PhotoVault:
    """See `senappen.lib.vault.Vault`."""

    name = "fotografias"

    def counts(self) -> Counter[str]:
        """How many files each key wrote."""
        return Counter(crypto.key_of(_start(digest)) for digest in _digests(""))

    def reseal(self, after: Any, size: int) -> Step:
        """Each file is replaced at once by its new version: whoever reads meanwhile has one or the other, whole."""
        resealed = unopened = 0
        looked_at = 0
        for digest in islice(_digests(after or ""), LOOKED_AT):
            looked_at += 1
            if not crypto.is_current(_start(digest)):
                opened = _reseal(digest)
                resealed += opened
                unopened += not opened
            if resealed + unopened >= size:
                return Step(digest, resealed, unopened)
        return Step(digest if looked_at == LOOKED_AT else None, resealed, unopened)


def _digests(after: str) -> Iterator[str]:
    """Names of the photographs after one, in order."""
    for first in _folders("", after[:2]):
        for second in _folders(first, after[2:4] if first == after[:2] else ""):
            names = default_storage.listdir(f"{first}/{second}")[1]
            yield from sorted(name for name in names if len(name) == 64 and name > after)


def _folders(inside: str, least: str) -> list[str]:
    try:
        return sorted(name for name in default_storage.listdir(inside)[0] if name >= least)
    except FileNotFoundError:  # no photograph was ever kept
        return []


def _start(digest: str) -> bytes:
    with default_storage.open(photos.path_of(digest)) as file:
        start: bytes = file.read(crypto.HEADER)
    return start


def _reseal(digest: str) -> bool:
    """False when no key at hand opens it."""
    path = Path(default_storage.path(photos.path_of(digest)))
    try:
        content = crypto.decrypt(path.read_bytes(), aad=photos.place_of(digest))
    except crypto.DecryptionError:
        return False
    token = crypto.encrypt(content, aad=photos.place_of(digest))
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".rotation-", delete=False) as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(file.name, path.stat().st_mode)
    os.replace(file.name, path)
    return True
