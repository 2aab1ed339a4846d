"""Numbered pages of a state at work: a record that slips between two of them is found by reading again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ingestion.problems import SourceProblem
from ingestion.transports.position import Position
from tests.factories.rest import keys, prisoner
from tests.ingestion.transports.rest.misbehaving import Asked, Reply, Server
from tests.ingestion.transports.rest.test_paging import SINCE, page_of, reading

PAGES: dict[str, dict[str, Any]] = {
    "page": {"kind": "page", "parameter": "pagina", "size_parameter": "tam", "page_size": 5},
    "offset": {"kind": "offset", "parameter": "pular", "size_parameter": "tam", "page_size": 5},
}
Records = list[dict[str, Any]]


def answer(records: Records, asked: Asked) -> Reply:
    if "pular" in asked.query:
        start = int(asked.query["pular"])
        return Reply(records[start : start + int(asked.query["tam"])])
    return page_of(records, asked)


def at_work(server: Server, records: Records, *happens: tuple[int, Callable[[Records], None]]) -> Callable[..., Reply]:
    """The API whose n-th request comes after something has happened to its records."""
    events = dict(happens)

    def answered(asked: Asked) -> Reply:
        if event := events.get(len(server.asked)):
            event(records)
        return answer(records, asked)

    return answered


def twelve() -> Records:
    return [prisoner(number) for number in range(1, 13)]


@pytest.mark.parametrize("kind", PAGES)
def test_a_record_that_slips_when_another_goes_is_found(server: Server, kind: str) -> None:
    found = reading(server, {"pagination": PAGES[kind]}, at_work(server, twelve(), (2, lambda r: r.pop(0))))

    assert sorted(keys(found)) == list(range(1, 13))


@pytest.mark.parametrize("kind", PAGES)
def test_a_record_that_slips_in_the_second_reading_too_is_found(server: Server, kind: str) -> None:
    happens = [(2, lambda r: r.pop(0)), (6, lambda r: r.pop(0))]

    found = reading(server, {"pagination": PAGES[kind]}, at_work(server, twelve(), *happens))

    assert sorted(keys(found)) == list(range(1, 13))


@pytest.mark.parametrize("kind", PAGES)
def test_a_record_pushed_to_the_next_page_comes_once(server: Server, kind: str) -> None:
    happens = (2, lambda r: r.insert(0, prisoner(99)))

    found = reading(server, {"pagination": PAGES[kind]}, at_work(server, twelve(), happens))

    assert sorted(keys(found)) == [*range(1, 13), 99]


def test_a_record_that_changes_while_it_is_read_is_left_for_the_next_load(server: Server) -> None:
    def change(records: Records) -> None:
        records.append(records.pop(0) | {"alt": "2024-03-01T08:06:30"})

    found = reading(server, {"pagination": PAGES["offset"]}, at_work(server, twelve(), (3, change)))

    assert sorted(keys(found))[:1] == [1]
    assert set(keys(found)) == set(range(1, 13))
    assert found[-1].position
    assert found[-1].position.updated <= datetime(2024, 3, 1, 8, 6, 30)


def test_an_api_that_never_stands_still_stops_the_load_for_later(server: Server) -> None:
    records = twelve()

    def moving(asked: Asked) -> Reply:
        records[0] = prisoner(1, pront=f"P-{len(server.asked)}")
        return answer(records, asked)

    with pytest.raises(SourceProblem, match="mais depressa") as caught:
        reading(server, {"pagination": PAGES["page"]}, moving)
    assert caught.value.passing


def test_pages_that_may_shift_carry_no_position_before_their_end(server: Server) -> None:
    start = Position(datetime(2024, 1, 1))
    api = {"pagination": PAGES["page"], "incremental": SINCE}

    found = reading(server, api, lambda asked: answer(twelve(), asked), start, 3)

    assert {batch.position for batch in found[:-1]} == {start}


def test_pages_declared_stable_are_read_once(server: Server) -> None:
    reading(server, {"pagination": {**PAGES["page"], "stable": True}}, lambda asked: answer(twelve(), asked))

    assert [asked.query["pagina"] for asked in server.asked] == ["1", "2", "3", "4"]


def test_nothing_new_is_asked_once(server: Server) -> None:
    reading(server, {"pagination": PAGES["page"]}, lambda _: Reply([]))

    assert len(server.asked) == 1


def test_two_records_of_one_key_are_both_given_for_the_load_to_refuse(server: Server) -> None:
    records = [prisoner(1), prisoner(1, nm="OUTRO INVENTADO"), prisoner(2)]

    assert keys(reading(server, {"pagination": PAGES["page"]}, lambda asked: answer(records, asked))) == [1, 1, 2]
