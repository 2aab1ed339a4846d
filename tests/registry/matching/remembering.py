"""The scoring process with a memory: random sequences compare the same few forms over and over."""

from itertools import count
from typing import Any, Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from registry.services import bulk, matching
from registry.services.matching.subjects import COLUMNS

# What is remembered is asked anew now and then, and must be answered as before.
_ASKED_ANYWAY: Final = 10
_PAIRS: Final = sql.SQL(
    "SELECT p.a, p.b, ROW({one})::text, ROW({other})::text FROM linking_pair p"
    " JOIN registry_matchsubject l ON l.record_id = p.a JOIN registry_matchsubject r ON r.record_id = p.b"
).format(
    one=sql.SQL(", ").join(sql.Identifier("l", column) for column in COLUMNS[1:]),
    other=sql.SQL(", ").join(sql.Identifier("r", column) for column in COLUMNS[1:]),
)
Forms = tuple[str, str]


class RememberingScorer(matching.Scorer):
    """Asks the real process of the pairs of forms that it was not asked of; None is kept of a pair it left out."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Forms, tuple[Any, ...] | None] = {}
        self._tasks = count()

    def warm(self, cursor: CursorWrapper, version: str, least: float) -> None:
        """Only where it is asked: starting takes longer than a sequence."""

    def score(self, cursor: CursorWrapper, version: str, least: float) -> None:
        cursor.execute(_PAIRS)
        pairs = {(a, b): (one, other) for a, b, one, other in cursor.fetchall()}
        anyway = next(self._tasks) % _ASKED_ANYWAY == 0
        self._ask(
            {pair: forms for pair, forms in pairs.items() if anyway or forms not in self._known}, cursor, version, least
        )
        bulk.temporary(cursor, "linking_scored", matching.scorer.SCORED)
        scored = [(*pair, *found) for pair, forms in pairs.items() if (found := self._known[forms])]
        bulk.copy(cursor, "linking_scored", ("a", "b", "score", "vetoes", "reasons"), scored)

    def _ask(self, pairs: dict[tuple[int, int], Forms], cursor: CursorWrapper, version: str, least: float) -> None:
        if not pairs:
            return
        cursor.execute("DELETE FROM linking_pair WHERE NOT (a, b) IN (SELECT * FROM unnest(%s, %s))", _sides(pairs))
        super().warm(cursor, version, least)
        super().score(cursor, version, least)
        cursor.execute("SELECT a, b, score, vetoes, reasons::text FROM linking_scored")
        answered = {(a, b): (score, vetoes, reasons) for a, b, score, vetoes, reasons in cursor.fetchall()}
        for pair, forms in pairs.items():
            answer = answered.get(pair)
            assert self._known.setdefault(forms, answer) == answer


def _sides(pairs: dict[tuple[int, int], Forms]) -> list[list[int]]:
    return [[a for a, _ in pairs], [b for _, b in pairs]]
