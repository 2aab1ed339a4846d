"""Photographs of the state's folder, by the key its rows give; nothing outside it."""

from pathlib import Path

from gateway.problems import Refusal

UNKNOWN = "Não há foto com essa chave."


def find(folder: Path | None, key: str) -> Path:
    """The file of a key. Raises Refusal 404, the same for every reason."""
    if folder is None or "\x00" in key:
        raise Refusal(404, UNKNOWN, code="photo")
    try:
        root = folder.resolve()
        # Links are followed first: where they end is what counts.
        path = (root / key.lstrip("/")).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):
        pass
    raise Refusal(404, UNKNOWN, code="photo")


def span(header: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte asked for (RFC 9110, one range), None for the whole file. Raises Refusal 416.

    What is not one range of bytes is ignored, as the RFC allows.
    """
    unit, _, asked = (header or "").partition("=")
    first, dash, last = asked.strip().partition("-")
    numbers = [part for part in (first, last) if part]
    if unit.strip().lower() != "bytes" or not dash or not numbers or not all(map(_short_number, numbers)):
        return None
    if not first:
        begin, end = max(size - int(last), 0), size - 1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < begin:
            return None
    if begin >= size or (not first and int(last) == 0):
        raise Refusal(416, "A foto é menor do que o trecho pedido.", code="range")
    return begin, end


def _short_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
