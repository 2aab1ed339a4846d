"""Writing the kit's files: never over what somebody has edited."""

from collections.abc import Iterable
from pathlib import Path


class AlreadyThere(Exception):
    """A file would be written over; the message names it."""


def write(folder: Path, files: Iterable[tuple[str, str]]) -> list[Path]:
    """Every file under the folder, readable by its owner only. Raises AlreadyThere before anything is written."""
    wanted = [(folder / name, text) for name, text in files]
    for path, _ in wanted:
        if path.exists():
            raise AlreadyThere(str(path))
    for path, text in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    return [path for path, _ in wanted]
