"""The scoring process as the services use it: tables of the transaction go in, a table of scored pairs comes out."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from psycopg import sql

import registry
from registry.matching.frames import get_stream, put_frame, put_stream
from registry.services import bulk
from registry.services.matching.subjects import COLUMNS

_ROOT: Final = Path(registry.__file__).parents[1]
_MODEL: Final = "SELECT parameters::text FROM registry_matchingmodel WHERE version = %s"
_SUBJECTS: Final = sql.SQL(
    "COPY (SELECT s.record_id AS id, {columns} FROM registry_matchsubject s WHERE s.record_id IN ("
    "SELECT a FROM linking_pair UNION SELECT b FROM linking_pair)) TO STDOUT (FORMAT csv, HEADER)"
).format(columns=sql.SQL(", ").join(map(sql.Identifier, COLUMNS[1:])))
_PAIRS: Final = "COPY linking_pair (a, b) TO STDOUT (FORMAT csv, HEADER)"
SCORED: Final = "a bigint, b bigint, score double precision, vetoes varchar[], reasons jsonb"


class ScoringFailed(Exception):
    """The scoring process ended by itself; its own output says why, in the log of this process."""


class Scorer:
    """A scoring process, started by `warm` or the first task and ended with the `with` block."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._version = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def warm(self) -> None:
        """Start the process, if none runs, while there is something else to do: it imports for a second or more.

        Raises ScoringFailed.
        """
        if self._child is not None:
            return
        command = [sys.executable, "-m", "registry.matching.scoring", "2", settings.MATCHING_MEMORY]
        try:
            self._child = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 ours
        except OSError as error:
            raise ScoringFailed from error
        self._version = ""

    def score(self, cursor: CursorWrapper, version: str, least: float) -> None:
        """Score the pairs of `linking_pair` with a model; those of at least `least` go to `linking_scored`.

        Raises ScoringFailed.
        """
        bulk.temporary(cursor, "linking_scored", SCORED)
        try:
            child = self._started(cursor, version)
            _ask(cursor, child, least)
            _take(cursor, child)
        except (OSError, EOFError) as error:
            self._stop()
            raise ScoringFailed from error
        bulk.analyse(cursor, "linking_scored")

    def _started(self, cursor: CursorWrapper, version: str) -> "subprocess.Popen[bytes]":
        if self._version not in ("", version):
            self._stop()
        self.warm()
        if self._child is None:
            raise ScoringFailed
        if not self._version:
            # As text: the frequencies of a nation are not for this process to parse.
            (parameters,) = bulk.first(cursor, _MODEL, [version])
            put_stream(_input(self._child), [parameters.encode()])
            self._version = version
        return self._child

    def _stop(self) -> None:
        if self._child is None:
            return
        child, self._child = self._child, None
        child.kill()
        child.communicate()


def _ask(cursor: CursorWrapper, child: "subprocess.Popen[bytes]", least: float) -> None:
    target = _input(child)
    put_frame(target, repr(least).encode())
    for query in (_SUBJECTS, _PAIRS):
        with cursor.copy(query) as rows:
            put_stream(target, rows)


def _take(cursor: CursorWrapper, child: "subprocess.Popen[bytes]") -> None:
    if child.stdout is None:
        raise EOFError
    with cursor.copy("COPY linking_scored FROM STDIN") as rows:
        for frame in get_stream(child.stdout):
            rows.write(frame)


def _input(child: "subprocess.Popen[bytes]") -> IO[bytes]:
    if child.stdin is None:
        raise EOFError
    return child.stdin
