"""Batches become COPY text whose hash does not depend on the company a row is in."""

from datetime import datetime
from typing import Any

import orjson
import pytest

from ingestion.mapping.compiling import PhotoError, Reader, compile_view
from ingestion.mapping.reading import read
from ingestion.pipeline.rows import DELIMITER, NULL, PART, Prepared, prepare
from ingestion.reasons import ReasonCode
from tests.factories.ingestion import make_mapping

WHEN = datetime(2024, 3, 1, 8)


def no_photo(value: Any, kind: str) -> tuple[str, int]:
    raise PhotoError(ReasonCode.PHOTO_MISSING)


def reader() -> Reader:
    return compile_view(read(make_mapping()), "vw_preso")


def row(cod: int, name: Any = "ANA", born: Any = "05/11/1990") -> tuple[Any, ...]:
    """A row of the small state's vw_preso, in the mapping's order."""
    return (cod, "P", name, None, born, "2", None, None, WHEN, "S")


def lines(prepared: Prepared) -> list[list[str]]:
    return [line.split(DELIMITER) for line in b"".join(prepared.payload).decode().removesuffix("\n").split("\n")]


def test_a_row_carries_its_hash_its_raw_form_and_the_fields_in_order() -> None:
    [[content, raw, key, *rest]] = lines(prepare(reader(), [row(7)], no_photo))

    assert len(content) == 32
    assert orjson.loads(raw)[:3] == [7, "P", "ANA"]
    assert key == "7"
    assert rest[0] == "P"
    assert NULL in rest


def test_the_hash_of_a_row_does_not_depend_on_its_batch() -> None:
    alone = lines(prepare(reader(), [row(7)], no_photo))[0][0]
    beside_escapes = lines(prepare(reader(), [row(8, "A\\B\nC"), row(7)], no_photo))[1][0]

    assert alone == beside_escapes


def test_another_value_makes_another_hash() -> None:
    first, second = lines(prepare(reader(), [row(7), row(7, "ANA MARIA")], no_photo))

    assert first[0] != second[0]


def test_a_bad_row_leaves_the_batch_with_all_its_reasons() -> None:
    prepared = prepare(reader(), [row(1), row(2, None, "31/02/1990"), row(3)], no_photo)

    assert prepared.accepted == 2
    assert [line[2] for line in lines(prepared)] == ["1", "3"]
    [rejected] = prepared.rejected
    assert rejected.key == "2"
    assert {(reason.code, reason.field) for reason in rejected.reasons} == {
        (ReasonCode.REQUIRED, "nome"),
        (ReasonCode.DATE, "dt_nascimento"),
    }


@pytest.mark.parametrize("name", ["A\x00B", "A\ud800B", b"\xff\xfe", 2**70])
def test_the_raw_form_of_a_bad_row_can_always_be_kept(name: Any) -> None:
    prepared = prepare(reader(), [row(1, name, "x")], no_photo)

    raw = prepared.rejected[0].raw
    raw.encode()
    assert "\x00" not in raw
    assert orjson.loads(raw)[0] == 1 if "\\ud800" not in raw else raw.startswith("[1,")


@pytest.mark.parametrize("name", ["A],[B", '"],["', [["A"], ["B"]], "A\x1fB\x1e", "[", "]"])
def test_raw_rows_are_told_apart_whatever_they_hold(name: Any) -> None:
    given = [row(1), row(2, name), row(3)]
    raws = [line[1] for line in lines(prepare(reader(), given, no_photo))]

    read_back = [orjson.loads(raw.replace("\\\\", "\\")) for raw in raws]

    assert [found[0] for found in read_back] == [1, 2, 3]
    assert read_back[1][2] == name


def test_a_large_batch_is_as_its_rows_alone() -> None:
    given = [row(number, None if number % 700 == 3 else f"NOME {number}") for number in range(PART * 2 + 3)]

    whole = prepare(reader(), given, no_photo)
    alone = [prepare(reader(), [one], no_photo) for one in given]

    assert b"".join(whole.payload) == b"".join(piece for one in alone for piece in one.payload)
    assert whole.rejected == [rejected for one in alone for rejected in one.rejected]
    assert whole.accepted == len(given) - 2


def test_gaps_are_written_as_such_whatever_came_before() -> None:
    full, gaps = [row(1, born="05/11/1990")], [row(2, born=None)]
    known = reader()

    batches = [lines(prepare(known, given, no_photo)) for given in (full, gaps, full, full + gaps)]

    alone = [lines(prepare(reader(), given, no_photo))[0] for given in (full, gaps)]
    assert batches == [[alone[0]], [alone[1]], [alone[0]], alone]


def test_no_reason_repeats_what_the_state_sent() -> None:
    [rejected] = prepare(reader(), [row(1, "ANA SECRETA", "nascida em segredo")], no_photo).rejected

    assert "SECRETA" not in str(rejected.reasons)
    assert "segredo" not in "".join(reason.message for reason in rejected.reasons)
