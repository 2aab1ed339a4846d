"""A source taken apart and checked: what it holds, and what was handed out, against its links."""

from collections.abc import Iterable, Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit_verify.encoding import Event, Link
from audit_verify.files import FileError
from audit_verify.statements import (
    RETIREMENT,
    Checkpoint,
    Retirement,
    StatementError,
    read_checkpoint,
    read_retirement,
)
from audit_verify.verify import Report, Wrong, unbroken, verify


class _Walked:
    """A source, taken apart: statements first, then links; events without a link on the way."""

    def __init__(self, items: Iterable[str | Event | Link]) -> None:
        self._items = iter(items)
        self.statements: list[str] = []
        self.wrong: list[Wrong] = []
        self._first: Link | None = None
        for item in self._items:
            if isinstance(item, str):
                self.statements.append(item)
            elif self._linked(item) is not None:
                self._first = item if isinstance(item, Link) else None
                break

    def links(self) -> Iterator[Link]:
        if self._first is not None:
            yield self._first
        for item in self._items:
            if isinstance(item, str):
                raise FileError("há um texto assinado entre os elos")
            link = self._linked(item)
            if link is not None:
                yield link

    def _linked(self, item: Event | Link) -> Link | None:
        if isinstance(item, Link):
            return item
        self.wrong.append(Wrong(what=f"o evento {item.id} está na tabela sem elo: foi inserido por fora"))
        return None


def check(items: Iterable[str | Event | Link], outside: Iterable[str], keys: list[Ed25519PublicKey]) -> Report:
    """Verify a source against the statements it holds and those that were handed out. Raises FileError."""
    walked = _Walked(items)
    wrong: list[Wrong] = []
    own, retirements = _signed(walked.statements, keys, wrong)
    wrong += unbroken(own)
    others, more = _signed(outside, keys, wrong)
    report = verify(walked.links(), [*own, *others], [*retirements, *more])
    report.wrong = [*wrong, *report.wrong, *walked.wrong]
    return report


def _signed(
    texts: Iterable[str], keys: list[Ed25519PublicKey], wrong: list[Wrong]
) -> tuple[list[Checkpoint], list[Retirement]]:
    checkpoints, retirements = [], {}
    for text in texts:
        try:
            if text.startswith(RETIREMENT):
                retirement = read_retirement(text, keys)
                retirements[retirement.month] = retirement
            else:
                checkpoints.append(read_checkpoint(text, keys))
        except StatementError as error:
            wrong.append(Wrong(what=f"texto assinado recusado ({text[:60]!r}…): {error}"))
    return checkpoints, list(retirements.values())
