"""The texts of an event (the declared purpose, what was asked or changed), encrypted before they are hashed.

Every event has a data key of its own, kept apart and itself encrypted under `FIELD_KEYS`. Destroying the key forgets
the text; the event, its hash and the chain stay. `sealed` is `nonce (12) · ciphertext and tag (16)` of the JSON
`{"purpose_text": …, "detail": …}`, AES-256-GCM; request and kind of the event are its associated data.
"""

import os
import uuid
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from senappen.lib import crypto

KEY_BYTES = 32
NONCE_BYTES = 12

loads, dumps = orjson.loads, orjson.dumps


@dataclass(frozen=True)
class Sealed:
    """A sealed text, and the key that opens it under one of `FIELD_KEYS`."""

    sealed: bytes
    wrapped: bytes


def seal(text: dict[str, Any], *, request: uuid.UUID, kind: str) -> Sealed:
    """Encrypt the texts of one event under a new key."""
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, orjson.dumps(text), _bound(request, kind))
    return Sealed(sealed, crypto.encrypt(key, aad=place(request, kind)))


def unseal(sealed: Sealed, *, request: uuid.UUID, kind: str) -> dict[str, Any]:
    """The texts. Raises DecryptionError when anything was changed, or FIELD_KEYS no longer opens the key."""
    key = crypto.decrypt(sealed.wrapped, aad=place(request, kind))
    token = bytes(sealed.sealed)
    try:
        plain = AESGCM(key).decrypt(token[:NONCE_BYTES], token[NONCE_BYTES:], _bound(request, kind))
    except (InvalidTag, ValueError) as error:
        raise crypto.DecryptionError("The sealed text is damaged or belongs to another event.") from error
    text: dict[str, Any] = orjson.loads(plain)
    return text


def place(request: uuid.UUID, kind: str) -> str:
    """What the key of an event is bound to: its number is not known before it is recorded."""
    return f"audit_eventkey|{request}|{kind}|wrapped"


def _bound(request: uuid.UUID, kind: str) -> bytes:
    return f"audit_accessevent|{request}|{kind}|sealed".encode()
