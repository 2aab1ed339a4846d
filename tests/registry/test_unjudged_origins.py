"""While none of an origin's records is judged, its loads queue nothing for others, and nobody judges beside them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections, transaction

from registry.models import Origin, PendingCheck, PendingCrossing, PendingPerson, PendingRecord, Visit
from registry.services import origins, resolution
from registry.services.resolution import persons, taking
from tests.registry.contract_rows import ROWS
from tests.registry.handing import BY, hand_over, receive_before, take_away

QUEUES = (PendingPerson, PendingCheck, PendingCrossing)
VISIT = {"id_origem": "1", **ROWS["vw_visita"]}
pytestmark = pytest.mark.usefixtures("committed")


def register(code: str) -> Origin:
    """An origin with a prisoner and a visitor that wait."""
    origin = origins.register(code=code, name=code, uf=code, timezone="America/Maceio", by=BY)
    receive_before("vw_visita", origin)
    # What units leave to the checks is not of records.
    PendingCheck.objects.all().delete()
    return origin


def queued() -> list[int]:
    return [queue._default_manager.count() for queue in QUEUES]


@contextmanager
def beside(work: Callable[[], Any]) -> Iterator[Any]:
    """Another session, at work until the block is left."""

    def alone() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(alone)


def test_a_first_load_queues_nothing_and_the_next_day_does() -> None:
    origin = register("AL")
    for view in ("vw_visita", "vw_custodia", "vw_preso_foto"):
        hand_over(view, [{"id_origem": "1", **ROWS[view]}], origin)
    assert (queued(), PendingRecord.objects.count()) == ([0, 0, 0], 2)
    assert resolution.settle(by=BY).records == 2
    for queue in QUEUES:
        queue._default_manager.all().delete()

    hand_over("vw_visita", [{**VISIT, "id_origem": "2"}], origin, 2)
    assert all(queued())
    hand_over("vw_custodia", [{"id_origem": "2", **ROWS["vw_custodia"]}], origin, 2)
    assert PendingRecord.objects.count() == 1


def test_what_a_load_counts_on_is_not_judged_and_others_are() -> None:
    one = register("AL")
    register("SE")
    with transaction.atomic():
        hand_over("vw_visita", [VISIT], one)
        with beside(lambda: resolution.settle(by=BY).records) as settled:
            assert settled.result(20) == 2
    assert set(PendingRecord.objects.values_list("record__origin", flat=True)) == {one.pk}
    assert set(Origin.objects.filter(unjudged=True)) == {one}
    assert resolution.settle(by=BY).records == 2
    assert not Origin.objects.filter(unjudged=True).exists()


def test_a_load_begun_after_the_choice_keeps_its_records_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    origin = register("AL")
    chosen = taking.choose

    def choose(*args: Any) -> int:
        found = chosen(*args)
        # Between the choice and the taking, which the scoring of pairs separates.
        with beside(begun) as load:
            load.result(20)
        return found

    holding = connections.create_connection("default")

    def begun() -> None:
        with holding.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock_shared(5141977, %s::int)", [origin.pk])

    monkeypatch.setattr(taking, "choose", choose)
    holding.inc_thread_sharing()
    try:
        assert resolution.settle(by=BY).records == 0
    finally:
        with holding.cursor() as cursor:
            cursor.execute("ROLLBACK")
        holding.close()
    monkeypatch.undo()
    origin.refresh_from_db()
    assert (origin.unjudged, resolution.settle(by=BY).records) == (True, 2)


def test_a_load_waits_for_who_judges_first_and_then_queues_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    origin = register("AL")
    rebuild = persons.rebuild

    def with_a_load(*args: Any) -> Any:
        loads.append(pool.submit(load))
        with pytest.raises(TimeoutError):
            loads[0].result(0.5)
        return rebuild(*args)

    def load() -> int:
        try:
            return hand_over("vw_visita", [VISIT], origin).inserted
        finally:
            connections.close_all()

    monkeypatch.setattr(persons, "rebuild", with_a_load)
    loads: list[Any] = []
    with ThreadPoolExecutor(1) as pool:
        assert resolution.settle(by=BY).records == 2
        assert loads[0].result(20) == 1
    assert PendingCrossing.objects.count() == 1
    assert Visit.objects.count() == 1


def test_removals_of_a_first_load_queue_nothing_either() -> None:
    origin = register("AL")
    hand_over("vw_visita", [VISIT], origin)
    assert take_away("vw_visita", ["1"], origin) == 1
    assert queued() == [0, 0, 0]
