"""Parts of a page that fail alone: each shows its own error, the page lives."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

Read = TypeVar("Read")


@dataclass(frozen=True)
class Part(Generic[Read]):
    """What a part read, or None when it failed; then `reference` is the code to quote."""

    name: str
    read: Read | None
    reference: str

    @property
    def failed(self) -> bool:
        return self.read is None


def attempt(name: str, reference: str, read: Callable[[], Read]) -> Part[Read]:
    """Read one part. A failure is logged by kind alone, since messages may carry personal data."""
    try:
        return Part(name, read(), reference)
    except Exception as error:  # noqa: BLE001 - a part fails alone, whatever the reason
        logger.error("part %s failed: %s (request %s)", name, type(error).__name__, reference)
        return Part(name, None, reference)
