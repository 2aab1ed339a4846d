"""Encryption of single values at rest: AES-256-GCM (NIST SP 800-38D), bound to the place where they are kept.

A token is `version (1) · key id (8) · nonce (12) · ciphertext and tag (16)`, in bytes. The key id is the start of
the key's SHA-256, so that a token says which of `settings.FIELD_KEYS` opens it: new values are written with the
first key, the others only read what they once wrote. The associated data, which is not stored, is
`<aad>|<key id>`; the caller's part names the place (`table|pk|field`), so that a token copied to another row
or column does not open there.
"""

import base64
import binascii
import hashlib
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"
KEY_BYTES = 32
ID_BYTES = 8
NONCE_BYTES = 12
# What says which key a token needs.
HEADER = len(VERSION) + ID_BYTES
OVERHEAD = len(VERSION) + ID_BYTES + NONCE_BYTES + 16


class DecryptionError(ValueError):
    """The token is damaged, belongs to another place, or its key is no longer among `FIELD_KEYS`."""


def encrypt(plain: bytes, *, aad: str) -> bytes:
    """The value under the current key, `OVERHEAD` bytes longer; different at every call."""
    key_id, cipher = next(iter(_ring().items()))
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + key_id + nonce + cipher.encrypt(nonce, plain, _bound(aad, key_id))


def decrypt(token: bytes, *, aad: str) -> bytes:
    """The value that `encrypt` was given with the same `aad`. Raises DecryptionError."""
    # A driver may hand binary columns over as memoryview.
    token = bytes(token)
    if len(token) < OVERHEAD or token[:1] != VERSION:
        raise DecryptionError("Not a token of this platform.")
    key_id, rest = token[1 : 1 + ID_BYTES], token[1 + ID_BYTES :]
    cipher = _ring().get(key_id)
    if cipher is None:
        raise DecryptionError(f"Key {key_id.hex()} is not among FIELD_KEYS.")
    try:
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound(aad, key_id))
    except InvalidTag as error:
        raise DecryptionError("The token is damaged or belongs to another place.") from error


def is_current(token: bytes) -> bool:
    """True when the token was written with the first key: what key rotation need not write again."""
    return key_of(token) == keys()[0]


def key_of(token: bytes) -> str:
    """The id of the key a token was written with, 16 hexadecimal digits; its first HEADER bytes suffice."""
    return bytes(token)[1:HEADER].hex()


def keys() -> list[str]:
    """The ids of `FIELD_KEYS`, the current one first. An id gives nothing of its key away."""
    return [key_id.hex() for key_id in _ring()]


def _bound(aad: str, key_id: bytes) -> bytes:
    return f"{aad}|{key_id.hex()}".encode()


def _ring() -> dict[bytes, AESGCM]:
    return _open_ring(tuple(settings.FIELD_KEYS))


@cache
def _open_ring(encoded: tuple[str, ...]) -> dict[bytes, AESGCM]:
    ring: dict[bytes, AESGCM] = {}
    for position, text in enumerate(encoded, start=1):
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES:
            raise ImproperlyConfigured(f"FIELD_KEYS: value {position} must be {KEY_BYTES} bytes in base64.")
        ring[hashlib.sha256(key).digest()[:ID_BYTES]] = AESGCM(key)
    if not ring:
        raise ImproperlyConfigured("FIELD_KEYS must hold at least one key.")
    return ring
