"""Photographs: kept once per content, encrypted, under the SHA-256 of their bytes."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from senappen.lib import crypto

LARGEST = 5 * 1024 * 1024  # bytes

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class InvalidPhoto(ValueError):
    """The bytes are no photograph the platform keeps. The message says why and holds nothing of them."""


class PhotoMissing(FileNotFoundError):
    """No photograph with this SHA-256 is in the storage."""


class PhotoTampered(Exception):
    """What lies in the storage is not what was put there: it does not open, or opens as something else."""


def store(content: bytes) -> str:
    """Keep a photograph and give its SHA-256, 64 hexadecimal digits; storing it again changes nothing.

    A file that a sudden end left half written is written again.
    Raises InvalidPhoto: not PNG or JPEG by its own first bytes, empty, or larger than LARGEST.
    """
    digest = check(content)
    path = path_of(digest)
    if not (default_storage.exists(path) and default_storage.size(path) == len(content) + crypto.OVERHEAD):
        _keep(path, crypto.encrypt(content, aad=place_of(digest)))
    return digest


def _keep(path: str, token: bytes) -> None:
    """All of it under its name, or nothing: on the disk before anybody may count on it."""
    try:
        place = Path(default_storage.path(path))
    except NotImplementedError:  # object stores put whole objects in place
        default_storage.delete(path)
        default_storage.save(path, ContentFile(token))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(token)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def check(content: bytes) -> str:
    """The SHA-256 a photograph would be kept under. Raises InvalidPhoto, as `store` does."""
    content_type(content)
    if len(content) > LARGEST:
        raise InvalidPhoto(f"larger than {LARGEST} bytes")
    return hashlib.sha256(content).hexdigest()


def read(sha256: str) -> bytes:
    """The photograph's bytes. Raises PhotoMissing, PhotoTampered."""
    try:
        with default_storage.open(path_of(sha256)) as file:
            token = file.read()
    except FileNotFoundError as error:
        raise PhotoMissing(sha256) from error
    try:
        content = crypto.decrypt(token, aad=place_of(sha256))
    except crypto.DecryptionError as error:
        raise PhotoTampered(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise PhotoTampered(sha256)
    return content


def content_type(content: bytes) -> str:
    """`image/png` or `image/jpeg`, told by the bytes and not by what the state says. Raises InvalidPhoto."""
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    raise InvalidPhoto("neither PNG nor JPEG")


def path_of(digest: str) -> str:
    """Where it lies in the storage, in two levels of folders: none holds millions. Raises PhotoMissing."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise PhotoMissing("not a SHA-256")
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def place_of(digest: str) -> str:
    """What a photograph's encryption is bound to."""
    return f"photo|{digest}"
