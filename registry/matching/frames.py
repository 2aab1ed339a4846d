"""Streams of bytes between two processes.

A frame is its length in eight bytes, then as many bytes; an empty one ends a stream.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import IO, Final

_HEAD: Final = struct.Struct(">Q")
_LEAST: Final = 1 << 18


def put_frame(target: IO[bytes], content: bytes | bytearray) -> None:
    """Write one frame."""
    target.write(_HEAD.pack(len(content)))
    target.write(content)


def put_stream(target: IO[bytes], pieces: Iterable[bytes | memoryview]) -> None:
    """Write a stream; small pieces share a frame."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= _LEAST:
            put_frame(target, gathered)
            gathered = bytearray()
    if gathered:
        put_frame(target, gathered)
    put_frame(target, b"")
    target.flush()


def get_frame(source: IO[bytes]) -> bytes:
    """Read one frame. Raises EOFError where the other side has ended."""
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    (length,) = _HEAD.unpack(head)
    content = source.read(length)
    if len(content) < length:
        raise EOFError
    return content


def get_stream(source: IO[bytes]) -> Iterator[bytes]:
    """The frames of a stream."""
    while frame := get_frame(source):
        yield frame
