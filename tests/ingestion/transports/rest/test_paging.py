"""Every way of paging gives every record once, however the API cuts its pages."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from ingestion.problems import SourceProblem
from ingestion.transports.base import Batch
from ingestion.transports.position import Position
from tests.factories.rest import api_mapping, batches, keys, prisoner, unsaved_source
from tests.ingestion.transports.rest.misbehaving import Asked, Reply, Server

RECORDS = [prisoner(number) for number in range(1, 24)]
SINCE = {"parameter": "desde", "ordered": True}


def page_of(records: Sequence[Any], asked: Asked) -> Reply:
    size, number = int(asked.query.get("tam", 5)), int(asked.query["pagina"])
    return Reply(records[(number - 1) * size : number * size])


def page_or_404(records: Sequence[Any], asked: Asked) -> Reply:
    reply = page_of(records, asked)
    return reply if reply.body or asked.query["pagina"] == "1" else Reply(b"", 404)


def skipping(records: Sequence[Any], asked: Asked) -> Reply:
    start = int(asked.query.get("pular", 0))
    return Reply({"dados": {"itens": records[start : start + 4]}})  # fewer than asked


def cursor(records: Sequence[Any], asked: Asked) -> Reply:
    start = int(asked.query.get("c", "0"))
    following = start + 5 if start + 5 < len(records) else None
    return Reply({"itens": records[start : start + 5], "meta": {"proximo": following}})


def link(records: Sequence[Any], asked: Asked) -> Reply:
    start = int(asked.query.get("x", "0"))
    headers = {"Link": f'</presos?x={start + 6}>; rel="next"'} if start + 6 < len(records) else {}
    return Reply(records[start : start + 6], headers=headers)


def keyset(records: Sequence[Any], asked: Asked) -> Reply:
    found = [record for record in records if record["alt"] >= asked.query.get("desde", "")]
    return Reply(found[: int(asked.query["tam"])])


KINDS: dict[str, tuple[Callable[[Sequence[Any], Asked], Reply], dict[str, Any]]] = {
    "none": (lambda records, _: Reply(list(records)), {}),
    "page": (page_of, {"pagination": {"kind": "page", "parameter": "pagina", "size_parameter": "tam", "page_size": 5}}),
    "page until 404": (page_or_404, {"pagination": {"kind": "page", "parameter": "pagina", "beyond": "not_found"}}),
    "offset": (skipping, {"pagination": {"kind": "offset", "parameter": "pular"}, "records": "dados.itens"}),
    "cursor": (
        cursor,
        {"pagination": {"kind": "cursor", "parameter": "c", "next": "meta.proximo"}, "records": "itens"},
    ),
    "link": (link, {"pagination": {"kind": "link"}}),
    "keyset": (
        keyset,
        {"pagination": {"kind": "keyset", "size_parameter": "tam", "page_size": 5}, "incremental": SINCE},
    ),
}


def reading(
    server: Server, api: dict[str, Any], answer: Callable[[Asked], Reply], after: Position | None = None, size: int = 7
) -> list[Batch]:
    server.otherwise = answer
    mapping = api_mapping(server.base, api={"requests_per_second": 1000, **api})
    return batches(unsaved_source(server.base, mapping), after, size)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, 5, 20, 23])
def test_every_record_comes_once_and_in_order(server: Server, kind: str, count: int) -> None:
    answer, api = KINDS[kind]
    records = RECORDS[:count]

    found = reading(server, api, lambda asked: answer(records, asked))

    assert keys(found) == [record["cod"] for record in records]
    assert all(len(batch.rows) <= 7 for batch in found)


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_batch_carries_the_moment_reached(server: Server, kind: str) -> None:
    answer, api = KINDS[kind]

    found = reading(server, api, lambda asked: answer(RECORDS, asked))

    assert found[-1].position == Position(datetime(2024, 3, 1, 8, 23))


def test_a_reading_of_unknown_order_moves_nothing_until_its_end(server: Server) -> None:
    answer, api = KINDS["page"]
    start = Position(datetime(2024, 1, 1))

    found = reading(server, api, lambda asked: answer(RECORDS[::-1], asked), start)

    assert {batch.position for batch in found[:-1]} == {start}
    assert found[-1].position == Position(datetime(2024, 3, 1, 8, 23))


def test_a_reading_in_order_can_go_on_from_each_batch(server: Server) -> None:
    answer, api = KINDS["keyset"]

    for batch in reading(server, api, lambda asked: answer(RECORDS, asked))[:-1]:
        rest = reading(server, api, lambda asked: answer(RECORDS, asked), batch.position)
        assert keys(rest) == list(range(max(row[0] for row in batch.rows), 24))


def test_records_out_of_the_declared_order_stop_the_load(server: Server) -> None:
    answer, api = KINDS["page"]

    with pytest.raises(SourceProblem, match="em ordem"):
        reading(server, {**api, "incremental": SINCE}, lambda asked: answer(RECORDS[::-1], asked))


def test_keyset_crosses_a_moment_shared_by_the_end_of_a_page(server: Server) -> None:
    _, api = KINDS["keyset"]
    same = [prisoner(number, alt=f"2024-03-01T08:{number // 3:02d}:00") for number in range(1, 24)]

    assert keys(reading(server, api, lambda asked: keyset(same, asked))) == list(range(1, 24))


def test_keyset_takes_pages_shorter_than_asked(server: Server) -> None:
    _, api = KINDS["keyset"]

    def short(asked: Asked) -> Reply:
        return Reply(keyset(RECORDS, asked).body[:3])

    assert keys(reading(server, api, short)) == list(range(1, 24))


def test_keyset_stops_where_a_page_cannot_hold_one_moment(server: Server) -> None:
    _, api = KINDS["keyset"]
    same = [prisoner(number, alt="2024-03-01T08:00:00") for number in range(1, 24)]

    with pytest.raises(SourceProblem, match="aumente page_size"):
        reading(server, api, lambda asked: keyset(same, asked))


def test_keyset_by_the_day_gives_each_record_once(server: Server) -> None:
    _, api = KINDS["keyset"]
    days = [prisoner(number, alt=f"2024-03-{1 + number // 4:02d}T08:{number:02d}:00") for number in range(1, 24)]

    found = reading(server, {**api, "incremental": {**SINCE, "format": "%Y-%m-%d"}}, lambda a: keyset(days, a))

    assert keys(found) == list(range(1, 24))


def test_keyset_gives_records_without_a_moment_once(server: Server) -> None:
    _, api = KINDS["keyset"]
    records = [prisoner(99, alt=None), *RECORDS[:3]]

    assert keys(reading(server, api, lambda _: Reply(records))) == [99, 1, 2, 3]


def test_an_api_that_ignores_the_page_is_not_read_for_ever(server: Server) -> None:
    _, api = KINDS["page"]

    with pytest.raises(SourceProblem, match="mesma página"):
        reading(server, api, lambda _: Reply(RECORDS[:5]))


def test_a_cursor_that_does_not_move_is_not_followed(server: Server) -> None:
    _, api = KINDS["cursor"]
    served = iter(range(100))

    with pytest.raises(SourceProblem, match="mesmo cursor"):
        reading(server, api, lambda _: Reply({"itens": [prisoner(next(served))], "meta": {"proximo": "x"}}))


@pytest.mark.parametrize("kind", ["cursor", "link"])
def test_pages_that_lead_in_a_circle_are_not_followed(server: Server, kind: str) -> None:
    _, api = KINDS[kind]
    served = iter(range(1, 100))

    def circling(asked: Asked) -> Reply:
        here = asked.query.get("c") or asked.query.get("x") or "b"
        there = {"a": "b", "b": "a"}[here]
        body = [prisoner(next(served))]
        if kind == "link":
            return Reply(body, headers={"Link": f'</presos?x={there}>; rel="next"'})
        return Reply({"itens": body, "meta": {"proximo": there}})

    with pytest.raises(SourceProblem, match="mesma próxima página") as caught:
        reading(server, api, circling)
    assert not caught.value.passing
    assert len(server.asked) < 5


def test_credentials_do_not_follow_a_link_to_another_server(server: Server) -> None:
    headers = {"Link": '<http://localhost:1/presos>; rel="next"'}

    with pytest.raises(SourceProblem, match="em outro servidor"):
        reading(server, {"pagination": {"kind": "link"}}, lambda _: Reply(RECORDS[:2], headers=headers))


def test_no_page_is_asked_larger_than_the_batch(server: Server) -> None:
    answer, api = KINDS["page"]

    reading(server, api, lambda asked: answer(RECORDS, asked), size=3)

    assert server.asked[0].query["tam"] == "3"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {"desde": "2024-03-01T08:10:30"}),
        ({"parameter": "{column}__gte"}, {"alt__gte": "2024-03-01T08:10:30"}),
        ({"format": "%d/%m/%Y %H:%M"}, {"desde": "01/03/2024 08:10"}),
        ({"utc": True, "format": "%Y-%m-%dT%H:%M:%SZ"}, {"desde": "2024-03-01T11:10:30Z"}),
        ({"format": "epoch"}, {"desde": "1709291430"}),
        ({"format": "epoch_ms"}, {"desde": "1709291430000"}),
        ({"inclusive": False}, {"desde": "2024-03-01T08:09:30"}),
        ({"inclusive": False, "format": "%Y-%m-%d"}, {"desde": "2024-02-29"}),
    ],
)
def test_the_watermark_is_sent_as_the_state_wants_it(server: Server, given: Any, sent: dict[str, str]) -> None:
    start = Position(datetime(2024, 3, 1, 8, 10, 30))

    reading(server, {"incremental": {"parameter": "desde", **given}}, lambda _: Reply([]), start)

    assert server.asked[0].query == sent


@pytest.mark.parametrize("value", [datetime(2024, 3, 1, 8, 10, 30), "2024-03-01 08:10:30", "2024-03-01T11:10:30Z"])
def test_a_watermark_left_by_another_rule_is_understood(server: Server, value: Any) -> None:
    reading(server, {"incremental": SINCE}, lambda _: Reply([]), Position(value, 17))

    assert server.asked[0].query == {"desde": "2024-03-01T08:10:30"}


def test_a_watermark_that_nobody_understands_asks_for_everything(server: Server) -> None:
    reading(server, {"incremental": SINCE}, lambda _: Reply([]), Position("infinity"))

    assert server.asked[0].query == {}
