"""The walk along the chains."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from audit_verify.encoding import START, STREAMS, Link, Tree, chain, digest
from audit_verify.statements import Checkpoint, Head, Retirement


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong, and where: a stream and a sequence number, or neither when it is of no link."""

    what: str
    stream: int | None = None
    seq: int | None = None

    def __str__(self) -> str:
        where = f"corrente {self.stream}, sequência {self.seq}: " if self.stream is not None else ""
        return f"{where}{self.what}"


@dataclass
class Report:
    """What was walked; `wrong` in the order found."""

    links: int = 0
    retired: int = 0
    checkpoints: int = 0
    last_checkpoint: str = ""
    covered: int = 0
    wrong: list[Wrong] = field(default_factory=list)


def verify(links: Iterable[Link], checkpoints: Sequence[Checkpoint], retirements: Sequence[Retirement]) -> Report:
    """Walk the links, ordered by stream and sequence, against what was signed."""
    report, walk = Report(checkpoints=len(checkpoints)), _Walk(checkpoints, retirements)
    for link in links:
        report.links += 1
        report.retired += link.event is None
        report.wrong.extend(walk.step(link))
    report.wrong.extend(walk.end())
    if checkpoints:
        last = max(checkpoints, key=lambda checkpoint: checkpoint.number)
        report.last_checkpoint = last.at
        report.covered = sum(head.seq for head in last.heads)
    return report


def unbroken(checkpoints: Sequence[Checkpoint]) -> Iterator[Wrong]:
    """Checkpoints that are said to be all there are: each names the one before."""
    previous, number = START, 0
    for checkpoint in checkpoints:
        if checkpoint.number != number + 1:
            yield Wrong(what=f"falta o ponto de controle {number + 1}")
        elif checkpoint.previous != previous:
            yield Wrong(what=f"o ponto de controle {checkpoint.number} não segue o anterior")
        previous, number = checkpoint.digest, checkpoint.number


class _Walk:
    def __init__(self, checkpoints: Sequence[Checkpoint], retirements: Sequence[Retirement]) -> None:
        self._anchors: dict[tuple[int, int], set[bytes]] = {}
        for checkpoint in checkpoints:
            for place, head in enumerate(checkpoint.heads):
                if head.seq:
                    self._anchors.setdefault((place, head.seq), set()).add(head.hash)
        self._retired = {retirement.month: (retirement, Tree()) for retirement in retirements}
        self._at = (0, 0)
        self._heads = [Head() for _ in range(STREAMS)]

    def step(self, link: Link) -> Iterator[Wrong]:
        """What is wrong with one more link."""
        place = (link.stream, link.seq)
        if not 0 <= link.stream < STREAMS or place <= self._at:
            yield _of(link, "está fora de ordem ou repetida")
            return
        self._at = place
        head = self._heads[link.stream]
        # The chain goes on from what is kept, so that one wrong event is not the fault of all that follow.
        self._heads[link.stream] = Head(link.seq, link.hash)
        if link.seq != head.seq + 1:
            yield Wrong(what=f"falta (a próxima que existe é a {link.seq})", stream=link.stream, seq=head.seq + 1)
            return
        yield from self._event(link)
        if chain(head.hash, link.stream, link.seq, link.digest) != link.hash:
            yield _of(link, "o elo não segue o anterior")
        signed = self._anchors.pop(place, None)
        if signed and signed != {link.hash}:
            yield _of(link, "a corrente foi refeita: o ponto de controle assinado diz outra coisa")

    def _event(self, link: Link) -> Iterator[Wrong]:
        month = datetime.fromtimestamp(link.at // 1_000_000, UTC).strftime("%Y-%m")
        if month in self._retired:
            self._retired[month][1].add(link.digest)
        if link.event is None:
            if month not in self._retired:
                yield _of(link, f"o evento {link.number} foi retirado")
        elif (link.event.id, link.event.at) != (link.number, link.at):
            yield _of(link, f"o elo é do evento {link.number}, não do {link.event.id}")
        elif digest(link.event) != link.digest:
            yield _of(link, f"o evento {link.number} foi alterado")

    def end(self) -> Iterator[Wrong]:
        """What is missing after the last link."""
        for (stream, seq), _ in sorted(self._anchors.items()):
            last = self._heads[stream].seq
            if seq > last:
                what = f"o fim da corrente foi cortado (um ponto de controle assinado vai até a {seq})"
                yield Wrong(what=what, stream=stream, seq=last + 1)
        for month, (retirement, tree) in self._retired.items():
            if (tree.count, tree.root) != (retirement.events, retirement.root):
                yield Wrong(what=f"os elos de {month} não são os {retirement.events} da baixa assinada")


def _of(link: Link, what: str) -> Wrong:
    return Wrong(what=what, stream=link.stream, seq=link.seq)
