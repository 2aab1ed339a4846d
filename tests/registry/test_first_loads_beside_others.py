"""A state's first load stops neither who reads nor the loads of other states while its partition is attached."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from audit.events import system
from registry.models import Movement, Origin, Record, Visit
from registry.scope import Scope
from registry.selectors.people.cellmates import cellmates
from registry.selectors.people.movements import movements
from registry.selectors.people.subject import open_subject
from registry.selectors.people.visitors import visitors
from registry.selectors.search import Criteria, search
from registry.services import origins, resolution, search_documents
from tests.registry.contract_rows import ROWS
from tests.registry.handing import hand_over, receive_before

# What a load waits for at most before it is said to be stopped: nothing here takes a tenth of it.
PATIENCE = "1s"
SCOPE = Scope(lawyers=True, factions=True)
BY = system("test")


def rows(view: str, *keys: str, **changes: Any) -> list[dict[str, Any]]:
    return [{"id_origem": key, **ROWS[view], **changes} for key in keys]


def register(code: str) -> Origin:
    origin = origins.register(code=code, name=code, uf=code, timezone="America/Maceio", by=BY)
    for view in ("vw_movimentacao", "vw_visita"):
        receive_before(view, origin)
    return origin


@contextmanager
def impatient() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


@contextmanager
def attaching(*views: str, origin: Origin) -> Iterator[None]:
    """First loads of these views, their partitions attached and not committed."""
    held, go_on = threading.Event(), threading.Event()

    def load() -> None:
        try:
            with impatient(), transaction.atomic():
                for view in views:
                    hand_over(view, rows(view, "1"), origin)
                held.set()
                go_on.wait(30)
        finally:
            held.set()
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(load)
        assert held.wait(30)
        try:
            yield
        finally:
            go_on.set()
        done.result()


@pytest.fixture
def settled(committed: None) -> Origin:
    """A state loaded before, with a person who moved and was visited."""
    origin = register("PE")
    for view in ("vw_custodia", "vw_movimentacao", "vw_visita"):
        hand_over(view, rows(view, "1"), origin)
    resolution.settle(by=BY)
    search_documents.refresh()
    return origin


def test_searches_and_profiles_go_on(settled: Origin) -> None:
    record = Record.objects.select_related("person").get(origin=settled, kind="P")
    with attaching("vw_movimentacao", "vw_visita", origin=register("AL")), impatient():
        assert record.person.public_id in {card.public_id for card in search(Criteria(name=record.name), SCOPE).cards}
        subject = open_subject(record.person.public_id, SCOPE)
        assert subject is not None
        for card in (movements, visitors, cellmates):
            assert card(subject, SCOPE)
        assert (Movement.objects.count(), Visit.objects.count()) == (1, 1)
    assert (Movement.objects.count(), Visit.objects.count()) == (2, 2)


def test_daily_loads_of_other_states_go_on(settled: Origin) -> None:
    with attaching("vw_movimentacao", "vw_visita", origin=register("AL")), impatient():
        for view in ("vw_movimentacao", "vw_visita"):
            counts = hand_over(view, rows(view, "1", "2"), settled, load=2)
            assert (counts.inserted, counts.updated) == (1, 1)
        resolution.settle(by=BY)
        search_documents.refresh()


def test_first_loads_of_one_table_wait_for_each_other_and_of_two_do_not(settled: Origin) -> None:
    one, other = register("AL"), register("SE")
    with attaching("vw_movimentacao", origin=one), impatient():
        hand_over("vw_visita", rows("vw_visita", "1"), other)
        with pytest.raises(OperationalError, match="lock timeout"):
            hand_over("vw_movimentacao", rows("vw_movimentacao", "1"), other)
    assert hand_over("vw_movimentacao", rows("vw_movimentacao", "1"), other).inserted == 1
    assert set(Movement.objects.values_list("origin", flat=True)) == {settled.pk, one.pk, other.pk}


def test_an_open_reader_does_not_stop_a_first_load(settled: Origin) -> None:
    new = register("AL")
    with transaction.atomic():
        assert (Movement.objects.count(), Visit.objects.count()) == (1, 1)
        with attaching("vw_movimentacao", "vw_visita", origin=new):
            pass
        assert (Movement.objects.count(), Visit.objects.count()) == (2, 2)
