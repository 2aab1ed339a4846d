"""What is signed: checkpoints (the state of the 16 chains at a moment) and retirements (a month that was taken out).

A statement is text, one fact a line, and ends with the line `signature <base64>`: Ed25519 over every byte before it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit_verify.encoding import START, STREAMS, merkle

CHECKPOINT = "senappen-audit-checkpoint-1"
RETIREMENT = "senappen-audit-retirement-1"
_AT = r"at (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n"
_STREAM = re.compile(r"stream (\d{1,2}) (\d{1,18}) ([0-9a-f]{64})\n")
_CHECKPOINT = re.compile(
    rf"{CHECKPOINT}\nnumber (?P<number>[1-9]\d{{0,17}})\n{_AT}previous (?P<previous>[0-9a-f]{{64}})\n"
    rf"(?P<streams>(?:{_STREAM.pattern}){{{STREAMS}}})root (?P<root>[0-9a-f]{{64}})\n"
)
_RETIREMENT = re.compile(
    rf"{RETIREMENT}\nmonth (?P<month>\d{{4}}-\d\d)\n{_AT}events (?P<events>\d{{1,18}})\nroot (?P<root>[0-9a-f]{{64}})\n"
)


class StatementError(ValueError):
    """Not a statement, or not signed by the key. The message says which, in pt-BR."""


@dataclass(frozen=True)
class Head:
    """The last link of a stream; `seq` 0 and 32 zero bytes where there is none yet."""

    seq: int = 0
    hash: bytes = START


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """The heads of all streams at a moment; `previous` is the SHA-256 of the whole text of the one before."""

    number: int
    at: str
    previous: bytes
    heads: tuple[Head, ...]
    digest: bytes = field(default=b"", compare=False)


@dataclass(frozen=True, kw_only=True)
class Retirement:
    """A month (AAAA-MM, UTC) whose events were taken out: how many, and the root over their digests in chain order."""

    month: str
    at: str
    events: int
    root: bytes


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The signed text."""
    lines = [f"{CHECKPOINT}", f"number {checkpoint.number}", f"at {checkpoint.at}"]
    lines.append(f"previous {checkpoint.previous.hex()}")
    lines += [f"stream {place} {head.seq} {head.hash.hex()}" for place, head in enumerate(checkpoint.heads)]
    return _sign([*lines, f"root {_root(checkpoint.heads).hex()}"], key)


def sign_retirement(retirement: Retirement, key: Ed25519PrivateKey) -> str:
    """The signed text."""
    lines = [RETIREMENT, f"month {retirement.month}", f"at {retirement.at}", f"events {retirement.events}"]
    return _sign([*lines, f"root {retirement.root.hex()}"], key)


def read_checkpoint(text: str, keys: Sequence[Ed25519PublicKey]) -> Checkpoint:
    """A checkpoint that one of the keys signed. Raises StatementError."""
    found = _CHECKPOINT.fullmatch(_body(text, keys))
    if found is None:
        raise StatementError("não é um ponto de controle")
    streams = _STREAM.findall(found["streams"])
    if [int(place) for place, _, _ in streams] != list(range(STREAMS)):
        raise StatementError("as correntes do ponto de controle não são as 16, em ordem")
    heads = tuple(Head(int(seq), bytes.fromhex(digest)) for _, seq, digest in streams)
    if _root(heads).hex() != found["root"]:
        raise StatementError("a raiz do ponto de controle não é a das suas correntes")
    return Checkpoint(
        number=int(found["number"]),
        at=found["at"],
        previous=bytes.fromhex(found["previous"]),
        heads=heads,
        digest=hashlib.sha256(text.encode()).digest(),
    )


def read_retirement(text: str, keys: Sequence[Ed25519PublicKey]) -> Retirement:
    """A retirement that one of the keys signed. Raises StatementError."""
    found = _RETIREMENT.fullmatch(_body(text, keys))
    if found is None:
        raise StatementError("não é uma baixa de mês")
    return Retirement(
        month=found["month"], at=found["at"], events=int(found["events"]), root=bytes.fromhex(found["root"])
    )


def split(text: str) -> list[str]:
    """The statements of a file that holds many, one after another."""
    starts = [found.start() for found in re.finditer(rf"^(?:{CHECKPOINT}|{RETIREMENT})$", text, re.MULTILINE)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)] or [text]


def _root(heads: Sequence[Head]) -> bytes:
    return merkle([head.seq.to_bytes(8, "big") + head.hash for head in heads])


def _sign(lines: Sequence[str], key: Ed25519PrivateKey) -> str:
    body = "".join(f"{line}\n" for line in lines)
    return f"{body}signature {base64.b64encode(key.sign(body.encode())).decode()}\n"


def _body(text: str, keys: Sequence[Ed25519PublicKey]) -> str:
    body, found, signature = text.rpartition("signature ")
    try:
        raw = base64.b64decode(signature.removesuffix("\n"), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    # Base64 has spellings that decode alike: only the one that was written counts.
    if not found or base64.b64encode(raw).decode() + "\n" != signature:
        raise StatementError("a assinatura não se lê")
    for key in keys:
        try:
            key.verify(raw, body.encode())
        except InvalidSignature:
            continue
        return body
    raise StatementError("a assinatura não é da chave informada")
