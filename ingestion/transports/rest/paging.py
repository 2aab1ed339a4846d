"""Getting from one page to the next, one class for each way that APIs have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ingestion.mapping.api import AnyPagination, Cursor, Keyset, LinkHeader, Offset, Paged, PageNumber
from ingestion.problems import SourceProblem
from ingestion.transports.rest.records import Record, optional


@dataclass(frozen=True)
class Request:
    """What to ask next: parameters besides those of the view, or a whole address; `since` asks from a later moment."""

    parameters: dict[str, str]
    address: str | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Page:
    """An answer read: its records, those not given before, and the moment of the last."""

    body: Any
    link: str | None
    records: Sequence[Record]
    fresh: int
    reached: datetime | None


class Pager(Protocol):
    """One way of paging through one view."""

    def first(self) -> Request:
        """The first page."""

    def following(self, page: Page) -> Request | None:
        """The page after this one, None after the last. Raises SourceProblem."""


class _Single:
    """Everything at once."""

    def first(self) -> Request:
        return Request({})

    def following(self, page: Page) -> Request | None:
        return None


class _Sized:
    """Pages whose size may be asked for."""

    def __init__(self, given: Paged, size: int) -> None:
        self.size = min(given.page_size, size)
        self.asked = {given.size_parameter: str(self.size)} if given.size_parameter else {}

    def first(self) -> Request:
        return Request(self.asked)


class _Numbered(_Sized):
    """Page numbers. A short page is not the last: some APIs give fewer than asked."""

    def __init__(self, given: PageNumber, size: int) -> None:
        super().__init__(given, size)
        self._given, self._number = given, given.first

    def first(self) -> Request:
        return Request(self.asked | {self._given.parameter: str(self._number)})

    def following(self, page: Page) -> Request | None:
        self._number += 1
        return self.first() if page.records else None


class _Skipping(_Sized):
    """Offsets, by what has really come."""

    def __init__(self, given: Offset, size: int) -> None:
        super().__init__(given, size)
        self._given, self._skip = given, 0

    def first(self) -> Request:
        return Request(self.asked | {self._given.parameter: str(self._skip)})

    def following(self, page: Page) -> Request | None:
        self._skip += len(page.records)
        return self.first() if page.records else None


class _Cursored(_Sized):
    """A token for the next page inside each."""

    def __init__(self, given: Cursor, size: int) -> None:
        super().__init__(given, size)
        self._given = given
        self._followed: set[str] = set()

    def following(self, page: Page) -> Request | None:
        token = optional(page.body, self._given.next)
        if token is None or token is False or token == "":
            return None
        if not isinstance(token, str | int):
            raise SourceProblem("O cursor da API não é texto nem número; confira next no mapeamento.", passing=False)
        _follow(self._followed, str(token))
        return Request(self.asked | {self._given.parameter: str(token)})


class _Linked(_Sized):
    """The address of the next page in a header; a page without records may still have one."""

    def __init__(self, given: LinkHeader, size: int) -> None:
        super().__init__(given, size)
        self._followed: set[str] = set()

    def following(self, page: Page) -> Request | None:
        if page.link is None:
            return None
        _follow(self._followed, page.link)
        return Request({}, address=page.link)


class _Keyed(_Sized):
    """From the last moment on, again and again, until nothing new comes."""

    def __init__(self, given: Keyset, size: int) -> None:
        super().__init__(given, size)
        self._shortest = self.size

    def following(self, page: Page) -> Request | None:
        if page.fresh and page.reached:
            # A short page that was not the last tells the size that the API really gives.
            self.size, self._shortest = self._shortest, min(self._shortest, len(page.records))
            return Request(self.asked, since=page.reached)
        if len(page.records) >= self.size:
            sentence = "Há mais registros do mesmo instante do que cabem em uma página; aumente page_size."
            raise SourceProblem(sentence, passing=False)
        return None


def _follow(followed: set[str], place: str) -> None:
    """Remember where the API sent us. Raises SourceProblem when it sends us in a circle."""
    if place in followed:
        sentence = "A API deu duas vezes o mesmo cursor ou a mesma próxima página; confira pagination no mapeamento."
        raise SourceProblem(sentence, passing=False)
    followed.add(place)


def pager(given: AnyPagination, size: int) -> Pager:
    """The pager of a view, with pages of at most `size` records where the API lets us choose."""
    match given:
        case PageNumber():
            return _Numbered(given, size)
        case Offset():
            return _Skipping(given, size)
        case Cursor():
            return _Cursored(given, size)
        case LinkHeader():
            return _Linked(given, size)
        case Keyset():
            return _Keyed(given, size)
    return _Single()
