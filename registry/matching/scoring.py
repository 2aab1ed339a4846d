"""Scoring in a process of its own: DuckDB and Splink never weigh on the process that loads.

`python -m registry.matching.scoring` reads streams of frames (`frames`) from its input and writes them to its output.
First come the model as JSON and a frame with the least score; then for each task two streams of CSV with a header:
subjects in the columns of `SENT`, and pairs a, b. The answer is a stream of lines for PostgreSQL's COPY: a, b, score,
vetoes, reasons. End of input ends the process.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import IO, Any, Final

import duckdb
import orjson
import pyarrow as pa
from pyarrow import csv

from registry.matching import workbench
from registry.matching.edges import Edge
from registry.matching.frames import get_frame, get_stream, put_stream
from registry.matching.model import Model
from registry.matching.predicting import Predictor
from registry.matching.subjects import SENT

_CHUNK: Final = 1 << 20
_NICENESS: Final = 10
_TYPES: Final = {name: pa.int64() if name == "id" else pa.int32() if name == "year" else pa.string() for name in SENT}


class _Stream:
    """A stream as the file that pyarrow reads."""

    closed = False

    def __init__(self, source: IO[bytes]) -> None:
        self._frames = get_stream(source)
        self._rest = b""

    def read(self, size: int = _CHUNK) -> bytes:
        while len(self._rest) < size and (frame := next(self._frames, b"")):
            self._rest += frame
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def close(self) -> None:
        self.closed = True


def serve(source: IO[bytes], target: IO[bytes], *, threads: int, memory: str) -> None:
    """Answer tasks until the input ends."""
    try:
        model = Model.from_json(orjson.loads(b"".join(get_stream(source))))
        with workbench.workbench(threads=threads, memory=memory) as bench:
            # What needs no subjects is made while whoever asks is still looking for pairs.
            workbench.keep_shares(bench, model.frequencies)
            predictor = Predictor(model, float(get_frame(source)))
            while True:
                _receive(bench, "subjects", source, _SUBJECTS)
                _receive(bench, "candidates", source, _CANDIDATES)
                workbench.join_shares(bench, "subjects", "weighed", model.frequencies)
                put_stream(target, lines(predictor.edges(bench)))
    except EOFError:
        return


def lines(edges: Iterable[Edge]) -> Iterator[bytes]:
    """Edges as COPY reads them: a, b, score, vetoes, reasons. Codes and numbers only: nothing needs escaping."""
    for edge in edges:
        vetoes, reasons = ",".join(edge.vetoes), orjson.dumps(edge.reasons).decode()
        yield f"{edge.a}\t{edge.b}\t{edge.score!r}\t{{{vetoes}}}\t{reasons}\n".encode()


_SUBJECTS: Final = (
    "SELECT * REPLACE (id::BIGINT AS id), string_split(key_name, ' ') AS keys,"
    " string_split(key_mother, ' ') AS mother_keys FROM arriving"
)
_CANDIDATES: Final = "SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r FROM arriving"


def _receive(bench: duckdb.DuckDBPyConnection, table: str, source: IO[bytes], query: str) -> None:
    types: dict[str, Any] = _TYPES if table == "subjects" else {"a": pa.int64(), "b": pa.int64()}
    read = csv.open_csv(
        pa.PythonFile(_Stream(source), mode="r"),
        convert_options=csv.ConvertOptions(
            column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        ),
    )
    bench.execute(f"DROP TABLE IF EXISTS {table}")
    with closing(read):
        bench.register("arriving", read)
        bench.execute(f"CREATE TABLE {table} AS {query}")
        bench.unregister("arriving")


def main() -> None:
    """The process. What a library prints goes to the error output: the other one is the answer's.

    Where processors are short, whoever asks a question goes before who links a load.
    """
    os.nice(_NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers, threads=int(sys.argv[1]), memory=sys.argv[2])


if __name__ == "__main__":
    main()
