"""Where many wait, documents are written while others are still judged; all are written in the end."""

import logging
import threading
import time

import pytest
from django.db import transaction

from audit.events import system
from registry.models import PendingPerson, PendingRecord, PersonSearch
from registry.services import resolution, search_documents
from registry.services.search_documents import refreshing
from tests.factories import registry as make

pytestmark = pytest.mark.usefixtures("committed")

FEW = "registry.services.search_documents.beside._FEW"


@pytest.fixture
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FEW, 1)


def three_wait() -> None:
    for name in ("ANA LIMA", "RUI DIAS", "EVA PAZ"):
        PendingRecord.objects.create(record_id=make.make_prisoner(name=name).pk)


def judge() -> None:
    assert resolution.settle(by=system("test")).records == 3


def documents() -> int:
    return PersonSearch.objects.count()


def following() -> bool:
    return "search documents" in {thread.name for thread in threading.enumerate()}


@pytest.mark.usefixtures("_many")
def test_documents_are_written_before_judging_ends() -> None:
    three_wait()
    seen: list[int] = []

    def judge_and_look() -> None:
        judge()
        until = time.monotonic() + 20
        while documents() < 3 and time.monotonic() < until:
            time.sleep(0.02)
        seen.append(documents())

    assert search_documents.refresh_beside(judge_and_look) == 3
    assert seen == [3]
    assert not following()


@pytest.mark.usefixtures("_many")
def test_what_could_not_be_written_meanwhile_is_said_and_written_at_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    three_wait()
    real, failed = refreshing.refresh_batch, threading.Event()

    def failing() -> int:
        if threading.current_thread() is threading.main_thread():
            return real()
        failed.set()
        raise ConnectionError("invented")

    monkeypatch.setattr(refreshing, "refresh_batch", failing)
    with caplog.at_level(logging.ERROR):
        assert search_documents.refresh_beside(lambda: (judge(), failed.wait(10))) == 3
    assert documents() == 3
    assert "judged: ConnectionError" in caplog.text
    assert "invented" not in caplog.text


@pytest.mark.usefixtures("_many")
def test_a_judging_that_fails_is_said_and_leaves_nobody_at_work() -> None:
    three_wait()

    def broken() -> None:
        judge()
        raise LookupError("invented")

    with pytest.raises(LookupError):
        search_documents.refresh_beside(broken)
    assert not following()
    search_documents.refresh()
    assert (documents(), PendingPerson.objects.count()) == (3, 0)


def test_few_are_not_worth_a_thread() -> None:
    three_wait()
    seen: list[bool] = []

    assert search_documents.refresh_beside(lambda: (judge(), seen.append(following()))) == 3
    assert (documents(), seen) == (3, [False])


@pytest.mark.usefixtures("_many")
def test_within_a_transaction_nobody_else_would_see_what_waits() -> None:
    three_wait()
    seen: list[bool] = []

    with transaction.atomic():
        search_documents.refresh_beside(lambda: seen.append(following()))
    assert seen == [False]
