"""Asking for a load that a worker is writing: nobody waits for the other."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from ingestion.models import Breaker, Credentials, Load, Source
from ingestion.pipeline.work import take
from ingestion.services import loads
from ingestion.tasks import start_due_loads
from tests.factories.ingestion import BY, make_still_source, sign

PATIENCE_S = 30


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sources that workers were asked for."""
    asked: list[int] = []

    def send(*_: str, args: list[int], **__: object) -> None:
        asked.append(args[0])

    monkeypatch.setattr("ingestion.services.loads.current_app.send_task", send)
    return asked


def make_ready_source(code: str) -> Source:
    source = make_still_source(code)
    sign(source.origin)
    source.seal(Credentials("leitor", "senha"))
    source.save()
    return source


@contextmanager
def publishing(source: Source, at_the_end: Callable[[], object] = lambda: None) -> Iterator[None]:
    """A worker in the middle of a long transaction of the source's load."""
    work = take(loads.start(source=source, by=BY, enqueued=False))
    held, go_on = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with work.transaction():
                held.set()
                go_on.wait(PATIENCE_S)
                at_the_end()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, connection.cursor() as cursor:
        done = pool.submit(write)
        assert held.wait(PATIENCE_S)
        cursor.execute("SET lock_timeout = '1s'")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")
            go_on.set()
        done.result()


def test_run_now_and_the_clock_do_not_wait_for_the_worker(committed: None, sent: list[int]) -> None:
    source, other = make_ready_source("AL"), make_ready_source("SE")
    with publishing(source):
        assert loads.start(source=source, by=BY).pk == loads.start(source=source, by=BY).pk
        loads.enqueue(source.pk)
        loads.start(source=other, by=BY, enqueued=False)
        start_due_loads()
        assert set(sent) == {other.pk}
    loads.enqueue(source.pk)
    assert source.pk in sent


def test_the_worker_does_not_wait_for_run_now(committed: None, sent: list[int]) -> None:
    source = make_ready_source("AL")
    with publishing(source, lambda: Breaker.objects.create(source=source)):
        loads.start(source=source, by=BY)
    assert Breaker.objects.filter(source=source).exists()
    assert Load.objects.filter(source=source).count() == 1
