"""Whatever a mapping file holds, it is a mapping or its problems are said in Portuguese: it never breaks the reader."""

from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingestion.mapping.compiling import compile_view
from ingestion.mapping.reading import MappingError, read
from tests.factories.ingestion import MAPPING, make_mapping
from tests.factories.rest import api_mapping

ODD = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.lists(st.text(max_size=5), max_size=3) | st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
)  # fmt: skip


def tried(text: str) -> None:
    """The file becomes a mapping that compiles, or problems that a person can read."""
    try:
        mapping = read(text)
    except MappingError as error:
        said = error.problems
    else:
        said = ["."]
        for view in mapping.views:
            compile_view(mapping, view)
    assert said
    assert all(problem.endswith(".") for problem in said), said


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
@example(b"\x00")
@example(b"\xff\xfe")
def test_any_bytes(content: bytes) -> None:
    tried(content.decode("utf-8", "surrogateescape"))


@given(st.text(alphabet=":-[]{}&*!|>'\"%@`#,? \n\tab1", max_size=120))
@settings(max_examples=200, deadline=None)
@example("a: &a [*a]")
@example("&a {b: *a}")
@example("? [a]\n: b")
@example("{[]: 1}")
@example("!!python/object/apply:os.system [id]")
@example("mapping: !!binary x")
@example("%YAML 9.9\n---\n")
@example("[" * 5_000)
@example("{a: " * 3_000)
def test_any_yaml(text: str) -> None:
    tried(text)


def test_a_file_that_unfolds_without_end_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    tried("\n".join(lines))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*path, key))
    return found


WHOLE = {
    **MAPPING,
    "origin": "AL",
    "api": {"base": "https://localhost", "authentication": {"kind": "basic"}, "pagination": {"kind": "page"},
            "incremental": {"parameter": "desde"}},
}  # fmt: skip


@given(st.sampled_from(places(WHOLE)), ODD)
@settings(max_examples=250, deadline=None)
def test_a_right_file_with_one_thing_wrong(path: tuple[Any, ...], odd: Any) -> None:
    whole: Any = deepcopy(WHOLE)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    tried(yaml.safe_dump(whole, allow_unicode=True))
    del whole["api"]
    tried(yaml.safe_dump(whole, allow_unicode=True))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_right_file_damaged_on_the_way(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([make_mapping(), api_mapping("https://localhost")]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    tried(text[:start] + data.draw(st.text(max_size=10)) + text[end:])


@pytest.mark.parametrize("value", ["9" * 5_000, "1e999", ".nan", "-.inf", "0x" + "f" * 400, "2024-13-45"])
def test_numbers_beyond_reason(value: str) -> None:
    tried(make_mapping().replace("mapping: 1", f"mapping: {value}", 1))
