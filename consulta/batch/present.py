"""A looked-up batch as its page shows it (templates/consulta/batch/_lines.html)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from consulta.batch.lines import Line
from consulta.search.rows import Row, row
from registry.selectors.search import Match, Outcome
from senappen.lib.wording import count, tag

UNREADABLE: Final = "unreadable"
_TAGS: Final = {
    Outcome.ONE: tag("Uma pessoa", "ok", "check-circle"),
    Outcome.SEVERAL: tag("Várias pessoas", "warn", "users"),
    Outcome.NONE: tag("Ninguém", "neutral", "search"),
    UNREADABLE: tag("Não lida", "danger", "exclamation-circle"),
}
_NAMED: Final = "Achada só pelo nome: pode ser homônimo. Confira mãe, nascimento e documento."


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSeen:
    """A line and who answers it; `note` says what to mind."""

    number: int
    text: str
    tag: dict[str, str]
    note: str
    rows: Sequence[Row]


def matched(lines: Sequence[Line], matches: Sequence[Match]) -> list[tuple[Line, Match | None]]:
    """Each line with its match, None where it could not be read."""
    found = iter(matches)
    return [(line, next(found) if line.criteria else None) for line in lines]


def lines_seen(pairs: Sequence[tuple[Line, Match | None]], now: datetime) -> list[LineSeen]:
    """The lines in their order."""
    return [_seen(line, match, now) for line, match in pairs]


def summary(pairs: Sequence[tuple[Line, Match | None]]) -> dict[str, int]:
    """How many lines had each outcome: `one`, `several`, `none`, `unreadable`."""
    tally = Counter(match.outcome.value if match else UNREADABLE for _, match in pairs)
    return {name: tally[name] for name in (*(outcome.value for outcome in Outcome), UNREADABLE)}


def told(tally: dict[str, int]) -> str:
    """The summary in words."""
    words = {
        "one": "com uma pessoa", "several": "com várias", "none": "sem ninguém",
        UNREADABLE: count(tally[UNREADABLE], "não lida", "não lidas").partition(" ")[2],
    }  # fmt: skip
    total = count(sum(tally.values()), "linha", "linhas")
    return f"{total}: " + ", ".join(f"{tally[name]} {text}" for name, text in words.items() if tally[name])


def _seen(line: Line, match: Match | None, now: datetime) -> LineSeen:
    if match is None or line.criteria is None:
        return LineSeen(number=line.number, text=line.text, tag=_TAGS[UNREADABLE], note=line.problem, rows=())
    rows = [row(card, line.criteria, now) for card in match.cards]
    return LineSeen(
        number=line.number, text=line.text, tag=_TAGS[match.outcome], note=_note(line, match, len(rows)), rows=rows
    )


def _note(line: Line, match: Match, shown: int) -> str:
    if match.total > shown:
        return f"São mostradas {shown} de {match.total}{' ou mais' if match.truncated else ''}. Inclua mais dados."
    criteria: Any = line.criteria
    named_only = not (match.by_document or criteria.mother or criteria.birth)
    return _NAMED if match.outcome is Outcome.ONE and named_only else ""
