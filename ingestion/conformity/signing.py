"""Signing reports: Ed25519 (RFC 8032) over the report's canonical JSON, so that a copy proves who made it.

Canonical: UTF-8, keys in order, no space between. The key in an envelope proves that nothing was changed since it
signed; who holds that key is known only to whoever trusts it.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ingestion.conformity.findings import Json

ALGORITHM = "Ed25519"
KEY_BYTES = 32


class NoSignature(ValueError):
    """The envelope has no signature that holds; the message says why, in pt-BR."""


@dataclass(frozen=True)
class Signer:
    """Holds a private key; `repr` does not show it."""

    _key: Ed25519PrivateKey

    @classmethod
    def new(cls) -> "Signer":
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_text(cls, text: str) -> "Signer":
        """The key of 32 bytes in base64. Raises ValueError."""
        return cls(Ed25519PrivateKey.from_private_bytes(_decode(text, KEY_BYTES)))

    @property
    def secret(self) -> str:
        """The private key, to be kept."""
        raw, plain = serialization.Encoding.Raw, serialization.NoEncryption()
        return _encode(self._key.private_bytes(raw, serialization.PrivateFormat.Raw, plain))

    @property
    def public(self) -> str:
        """The public key, 32 bytes in base64."""
        raw = serialization.Encoding.Raw
        return _encode(self._key.public_key().public_bytes(raw, serialization.PublicFormat.Raw))

    def sign(self, report: Json) -> Json:
        """The signature of a report, as it stands beside it in the envelope."""
        value = _encode(self._key.sign(canonical(report)))
        return {"algorithm": ALGORITHM, "key_id": key_id(self.public), "public_key": self.public, "value": value}

    def __repr__(self) -> str:
        return f"Signer({key_id(self.public)})"


def canonical(report: Json) -> bytes:
    """The bytes that are signed."""
    return orjson.dumps(report, option=orjson.OPT_SORT_KEYS)


def key_id(public: str) -> str:
    """A public key's name for people: the start of its SHA-256."""
    return hashlib.sha256(_decode(public, KEY_BYTES)).hexdigest()[:16]


def verify(envelope: Any) -> str:
    """The public key that signed the envelope's report. Raises NoSignature."""
    match envelope:
        case {
            "report": dict(report),
            "signature": {"algorithm": "Ed25519", "public_key": str(key), "value": str(value)},
        }:
            pass
        case _:
            raise NoSignature("O arquivo não é um relatório assinado.")
    try:
        public = Ed25519PublicKey.from_public_bytes(_decode(key, KEY_BYTES))
        public.verify(_decode(value, 64), canonical(report))
    except (InvalidSignature, ValueError, TypeError):
        raise NoSignature("A assinatura não confere: o relatório foi alterado ou não é de quem diz.") from None
    return key


def _decode(text: str, length: int) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        found = b""
    if len(found) != length:
        raise ValueError(f"not {length} bytes in base64")
    return found


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode()
