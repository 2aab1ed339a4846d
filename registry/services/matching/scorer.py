"""The scoring process as the services use it: tables of the transaction go in, a table of scored pairs comes out."""

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor, wait
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
        self._taught: Future[None] = Future()
        self._lesson = ("", 0.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def warm(self, cursor: CursorWrapper, version: str, least: float) -> None:
        """Start the process with a model, if none runs with it, while there is something else to do: it prepares
        itself for a second or more. It will tell of the pairs that score at least `least`.

        Raises ScoringFailed.
        """
        if self._child is not None and self._lesson == (version, least):
            return
        self._stop()
        # As text: the frequencies of a nation are not for this process to parse.
        (parameters,) = bulk.first(cursor, _MODEL, [version])
        bounds = (str(settings.MATCHING_THREADS), settings.MATCHING_MEMORY)
        command = [sys.executable, "-m", "registry.matching.scoring", *bounds]
        try:
            child = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 ours
        except OSError as error:
            raise ScoringFailed from error
        self._child, self._lesson = child, (version, least)
        # A model is longer than what a pipe holds, and the process reads only once it has imported.
        teacher = ThreadPoolExecutor(1)
        self._taught = teacher.submit(_teach, child, parameters, least)
        teacher.shutdown(wait=False)

    def score(self, cursor: CursorWrapper, version: str, least: float) -> None:
        """Score the pairs of `linking_pair` with a model; those of at least `least` go to `linking_scored`.

        Raises ScoringFailed.
        """
        bulk.temporary(cursor, "linking_scored", SCORED)
        self.warm(cursor, version, least)
        try:
            self._taught.result()
            _ask(cursor, self._child)
            _take(cursor, self._child)
        except (OSError, EOFError) as error:
            self._stop()
            raise ScoringFailed from error
        bulk.analyse(cursor, "linking_scored")

    def _stop(self) -> None:
        if self._child is None:
            return
        child, self._child = self._child, None
        child.kill()
        wait([self._taught])
        child.communicate()


def _teach(child: "subprocess.Popen[bytes]", parameters: str, least: float) -> None:
    target = _input(child)
    put_stream(target, [parameters.encode()])
    put_frame(target, repr(least).encode())
    target.flush()


def _ask(cursor: CursorWrapper, child: "subprocess.Popen[bytes] | None") -> None:
    target = _input(child)
    for query in (_SUBJECTS, _PAIRS):
        with cursor.copy(query) as rows:
            put_stream(target, rows)


def _take(cursor: CursorWrapper, child: "subprocess.Popen[bytes] | None") -> None:
    if child is None or child.stdout is None:
        raise EOFError
    with cursor.copy("COPY linking_scored FROM STDIN") as rows:
        for frame in get_stream(child.stdout):
            rows.write(frame)


def _input(child: "subprocess.Popen[bytes] | None") -> IO[bytes]:
    if child is None or child.stdin is None:
        raise EOFError
    return child.stdin
