"""Whatever a gateway's answer holds, its rows come, or the cause is said; nothing is taken that was not whole."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingestion.mapping.reading import read
from ingestion.models import Credentials, MappingVersion, Rule, Source
from ingestion.problems import SourceProblem
from ingestion.transports.gateway import client as http
from ingestion.transports.gateway import connect
from ingestion.transports.gateway.problems import Interruption
from ingestion.transports.gateway.rows import Body
from tests.factories.ingestion import make_mapping
from tests.ingestion.transports.rest.misbehaving import Asked, Reply, Server

COLUMNS = list(read(make_mapping()).views["vw_unidade"].columns)
HEALTH = {"contract": 1, "database": True}
HEAD = {"view": "vw_unidade", "columns": COLUMNS, "until": None}
ROWS = [[number, "Presídio Fictício", *[None] * (len(COLUMNS) - 2)] for number in range(50)]
WHOLE = b"".join(orjson.dumps(line) + b"\n" for line in [HEAD, *ROWS, {"end": True, "rows": 50, "next": None}])
PACKED = zstandard.ZstdCompressor().compress(WHOLE)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
VIEW = read(make_mapping()).views["vw_unidade"]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "sleep", lambda _seconds: None)


def fed(body: bytes) -> list[Any]:
    """The rows of an answer. Raises what `Body` raises."""
    taken = Body(VIEW.columns)
    rows = [row for rows in taken.feed(body) for row in rows]
    taken.check()
    return rows


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
@example(b"[" * 100_000 + b"\n")
@example(b"\xff\xfe{}\n")
@example(b'{"columns":["a"],"until":NaN}\n')
@example(b'{"columns":[[]],"until":null}\n')
@example(b'{"kinds":[{}]}\n')
def test_any_bytes_are_no_rows(body: bytes) -> None:
    with pytest.raises((SourceProblem, Interruption)):
        fed(body)


@given(st.lists(JSON, max_size=4), st.lists(st.sampled_from(["plain", "datetime", "decimal", "bytes", "any", "uuid"])))
@settings(max_examples=150, deadline=None)
def test_lines_of_any_json_are_rows_or_a_problem(lines: list[Any], kinds: list[str]) -> None:
    body = b"".join(orjson.dumps(line, default=str) + b"\n" for line in [HEAD, {"kinds": kinds}, *map(_safe, lines)])
    try:
        rows = fed(body + orjson.dumps({"end": True, "rows": len(lines)}) + b"\n")
    except (SourceProblem, Interruption):
        return
    assert len(rows) == len(lines)
    assert all(len(row) == len(COLUMNS) for row in rows)


def _safe(value: Any) -> Any:
    """The value where JSON can say it."""
    try:
        return orjson.loads(orjson.dumps(value))
    except (TypeError, ValueError):
        return str(value).encode("ascii", "replace").decode()


@given(st.integers(0, len(WHOLE) - 1))
@settings(max_examples=60, deadline=None)
def test_an_answer_cut_anywhere_is_never_whole(length: int) -> None:
    with pytest.raises((SourceProblem, Interruption)):
        fed(WHOLE[:length])


@pytest.mark.parametrize(
    "row", [ROWS[0][:-1], [*ROWS[0], 1], [], "texto", 7, None], ids=["short", "long", "empty", "text", "number", "null"]
)
def test_a_row_of_another_shape_is_refused(row: Any) -> None:
    body = orjson.dumps(HEAD) + b"\n" + orjson.dumps(row) + b'\n{"end":true,"rows":1,"next":null}\n'
    with pytest.raises((SourceProblem, Interruption)):
        fed(body)


def rows_of(answer: Callable[[Asked], Reply]) -> list[Any]:
    """The rows of a reading against a server that answers so."""
    with Server() as server:
        server.otherwise = lambda asked: Reply(HEALTH) if asked.path.endswith("health") else answer(asked)
        source = Source(
            pk=1,
            rule=Rule.GATEWAY,
            host="127.0.0.1",
            port=server.server_port,
            mapping=MappingVersion(pk=1, text=make_mapping()),
        )
        source.seal(Credentials("senappen", "token"))
        with connect(source) as connection:
            batches = connection.batches(read(make_mapping()), "vw_unidade", None, 20)
            return [list(row) for batch in batches for row in batch.rows]


def packed(body: bytes, promised: int = 0) -> Reply:
    return Reply(body, headers={"Content-Encoding": "zstd"}, promised=promised)


def test_a_whole_packed_answer_comes() -> None:
    assert rows_of(lambda _: packed(PACKED)) == ROWS


@pytest.mark.parametrize(
    "reply",
    [packed(PACKED[: len(PACKED) // 2]), packed(PACKED[:-3]), packed(PACKED[:40], promised=900), packed(b"nada disso"),
     packed(PACKED[:30] + b"\xff" * 30 + PACKED[60:]), packed(b""),
     Reply(b"<html>manutencao</html>"), Reply(WHOLE[:90])],
    ids=["half", "no end", "cut by the network", "no zstd", "flipped", "empty", "another server", "plain half"],
)  # fmt: skip
def test_a_garbled_answer_is_a_problem_said(reply: Reply) -> None:
    with pytest.raises(SourceProblem) as caught:
        rows_of(lambda _: reply)
    assert "gateway" in caught.value.cause


def test_a_small_answer_that_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.transports.gateway.rows.LONGEST_LINE", 1 << 20)
    bomb = zstandard.ZstdCompressor().compress(b'{"columns":["' + b"a" * (64 << 20))
    with pytest.raises(SourceProblem):
        rows_of(lambda _: packed(bomb))
