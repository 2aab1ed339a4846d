"""One view of an API from a position to its end, a page at a time."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from ingestion.mapping.api import Api, Keyset, Offset, PageNumber
from ingestion.mapping.schema import Mapping
from ingestion.problems import SourceProblem
from ingestion.transports.base import Batch
from ingestion.transports.position import Position
from ingestion.transports.rest import problems
from ingestion.transports.rest.client import Answer, ApiClient
from ingestion.transports.rest.paging import Page, Request, pager
from ingestion.transports.rest.passes import Passes
from ingestion.transports.rest.records import Record, Shape, follow, records_of
from ingestion.transports.rest.watermark import Watermark

# As the registry's: an image that is larger is refused there, and need not come whole.
LARGEST_PHOTO = 5 << 20
DISORDER = (
    "A API não deu os registros em ordem de dt_atualizacao, como incremental.ordered declara;"
    " corrija a API ou apague ordered."
)
UNDATED = datetime.max.replace(tzinfo=UTC)
SAME_PAGE = "A API deu a mesma página duas vezes seguidas; confira os parâmetros de pagination."


@dataclass
class Reading:
    """The state of one reading.

    Where the API declares its order (and its pages do not shift), each batch carries the moment reached, and a reading
    that stops goes on from there; otherwise only the last one does, and a reading that stops begins again. Rows that
    come twice for that reason are told apart by the load: nothing is lost or loaded twice either way.
    """

    client: ApiClient
    mapping: Mapping
    api: Api
    view: str
    after: Position | None
    size: int
    latest: datetime | None = None
    # Keyset only: keys of the records given, by moment, as far back as the next page may begin.
    given: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.watermark = Watermark.of(self.mapping, self.view)
        self.shape = Shape.of(self.mapping, self.view, self._photo)
        self.pagination = self.mapping.views[self.view].pagination or self.api.pagination
        self.keyset = isinstance(self.pagination, Keyset)
        numbered = isinstance(self.pagination, PageNumber | Offset) and not self.pagination.stable
        self.passes = Passes(self.shape, self.watermark) if numbered else None

    def batches(self) -> Generator[Batch]:
        """Batches of at most `size` rows. Raises SourceProblem."""
        held: Sequence[Record] | None = None
        position = self.after
        for records in self._slices():
            if held is not None:
                yield Batch(self.shape.rows(held), position)
            held = records
            position = self._reached(position)
        if held is not None:
            position = self.watermark.position(self._end(self.latest)) if self.latest else self.after
            yield Batch(self.shape.rows(held), position)

    def sample(self) -> list[Record]:
        """The records of the first page. Raises SourceProblem."""
        return list(next(iter(self._pages()), []))

    def _reached(self, before: Position | None) -> Position | None:
        """Just before the moment reached, whose records may go on in the next page."""
        ordered = self.watermark.ordered and self.passes is None
        return self.watermark.position(self.latest) if self.latest and ordered else before

    def _end(self, latest: datetime) -> datetime:
        """Where the next load begins: not after what changed once it had been given."""
        changed = self.passes.changed if self.passes else None
        return min(latest, changed) if changed else latest

    def _slices(self) -> Iterator[Sequence[Record]]:
        for records in self._pages():
            for start in range(0, len(records), self.size):
                piece = records[start : start + self.size]
                self._advance(piece)
                yield piece

    def _advance(self, records: Sequence[Record]) -> None:
        if self.passes and self.passes.done:  # what slipped through is older, and the first reading's end still holds
            return
        for record in records:
            moment = self._moment(record)
            if moment is None:
                continue
            if self.latest and moment < self.latest:
                if self.watermark.ordered:
                    raise SourceProblem(DISORDER, passing=False)
                continue
            self.latest = moment

    def _pages(self) -> Iterator[Sequence[Record]]:
        """The records of each page that were not given before."""
        if self.passes is None:
            yield from self._once()
            return
        going_on = True
        while going_on:
            for records in self._once():
                if fresh := self.passes.fresh(records):
                    yield fresh
            going_on = self.passes.again()

    def _once(self) -> Iterator[Sequence[Record]]:
        """One reading from the first page to the last."""
        turns = pager(self.pagination, self.size)
        request: Request | None = turns.first()
        since = self.watermark.read(self.after.updated) if self.after else None
        previous: list[Record] | None = None
        while request:
            answer = self._ask(request, since, first=previous is None)
            if answer is None:
                return
            records = records_of(answer.body, self.mapping.views[self.view].records or self.api.records)
            self.shape.check(records)
            if records and records == previous and not self.keyset:
                raise SourceProblem(SAME_PAGE, passing=False)
            previous = records
            fresh = self._fresh(records) if self.keyset else records
            if fresh:
                yield fresh
            request = turns.following(Page(answer.body, answer.link, records, len(fresh), self.latest))

    def _ask(self, request: Request, since: datetime | None, *, first: bool) -> Answer | None:
        """The answer; None where numbered pages end with 404."""
        given = self.mapping.views[self.view]
        if request.address:
            return self.client.page(self._same_server(request.address), None)
        parameters = self.api.parameters | given.parameters | self.watermark.parameters(request.since or since)
        try:
            return self.client.page(f"{self.api.base}{given.endpoint}", parameters | request.parameters)
        except problems.NotFound:
            if not first and isinstance(self.pagination, PageNumber) and self.pagination.beyond == "not_found":
                return None
            raise

    def _same_server(self, address: str) -> str:
        """Credentials go nowhere else."""
        asked, base = urlsplit(address), urlsplit(self.api.base)
        if (asked.scheme, asked.netloc) != (base.scheme, base.netloc):
            sentence = "A API deu uma próxima página em outro servidor; ela precisa estar no de api.base."
            raise SourceProblem(sentence, passing=False)
        return address

    def _fresh(self, records: Sequence[Record]) -> list[Record]:
        fresh = []
        moments = [self._moment(record) for record in records]
        for record, moment in zip(records, moments, strict=True):
            key = f"{follow(record, self.shape.key)}|{moment}"
            if key not in self.given:
                fresh.append(record)
            self.given[key] = moment or UNDATED
        oldest = min((moment for moment in moments if moment), default=None)
        if oldest and fresh:
            self.given = {key: moment for key, moment in self.given.items() if moment >= oldest}
        return fresh

    def _moment(self, record: Record) -> datetime | None:
        value: Any = follow(record, self.shape.updated)
        return self.watermark.read(value)

    def _photo(self, value: str) -> bytes | None:
        steps = value.split("/")
        if self.api.photo is None or ".." in steps or not value.strip():
            return None
        path = self.api.photo.replace("{value}", quote(value, safe="/"))
        return self.client.file(f"{self.api.base}{path}", LARGEST_PHOTO)
