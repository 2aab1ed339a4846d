"""Where many wait, documents and crossings are written while others are still judged; all are written in the end."""

import logging
import threading
import time
from collections.abc import Callable

import pytest
from django.db import transaction

from audit.events import system
from registry.models import Crossing, PendingCrossing, PendingPerson, PendingRecord, PersonSearch
from registry.services import crossing, deriving, resolution, search_documents
from registry.services.deriving import derive
from tests.factories import registry as make

pytestmark = pytest.mark.usefixtures("committed")

FOLLOWERS = {"documents", "crossings"}


@pytest.fixture
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "_FEW", 1)


def three_wait() -> None:
    for name in ("ANA LIMA", "RUI DIAS", "EVA PAZ"):
        PendingRecord.objects.create(record_id=make.make_prisoner(name=name, phone="82 99123-4567").pk)


def judge() -> None:
    assert resolution.settle(by=system("test")).records == 3


def documents() -> int:
    return PersonSearch.objects.count()


def crossings() -> int:
    return Crossing.objects.count()


def following() -> set[str]:
    return FOLLOWERS & {thread.name for thread in threading.enumerate()}


def wait_for(count: Callable[[], int], enough: int) -> int:
    until = time.monotonic() + 20
    while count() < enough and time.monotonic() < until:
        time.sleep(0.02)
    return count()


@pytest.mark.usefixtures("_many")
def test_documents_and_crossings_are_written_before_judging_ends() -> None:
    three_wait()
    seen: list[int] = []

    def judge_and_look() -> None:
        judge()
        seen.extend([wait_for(documents, 3), wait_for(crossings, 3)])

    derive(judge_and_look)
    # Each of three with each other one.
    assert seen == [3, 3]
    assert not following()
    assert (PendingPerson.objects.count(), PendingCrossing.objects.count()) == (0, 0)


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize(("module", "name"), [(search_documents, "documents"), (crossing, "crossings")])
def test_what_could_not_be_written_meanwhile_is_said_and_written_at_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, module: object, name: str
) -> None:
    three_wait()
    failed = threading.Event()

    def failing() -> int:
        failed.set()
        raise ConnectionError("invented")

    # Only the follower calls it by this name.
    monkeypatch.setattr(module, "refresh_batch", failing)
    with caplog.at_level(logging.ERROR):
        derive(lambda: (judge(), failed.wait(10)))
    assert (documents(), crossings()) == (3, 3)
    assert f"{name} wait until what they follow is done: ConnectionError" in caplog.text
    assert "invented" not in caplog.text


@pytest.mark.usefixtures("_many")
def test_a_judging_that_fails_is_said_and_leaves_nobody_at_work() -> None:
    three_wait()

    def broken() -> None:
        judge()
        raise LookupError("invented")

    with pytest.raises(LookupError):
        derive(broken)
    assert not following()
    search_documents.refresh()
    crossing.refresh()
    assert (documents(), crossings(), PendingPerson.objects.count()) == (3, 3, 0)


def test_few_are_not_worth_a_thread() -> None:
    three_wait()
    seen: list[set[str]] = []

    derive(lambda: (judge(), seen.append(following())))
    assert (documents(), crossings(), seen) == (3, 3, [set()])


@pytest.mark.usefixtures("_many")
def test_within_a_transaction_nobody_else_would_see_what_waits() -> None:
    three_wait()
    seen: list[set[str]] = []

    with transaction.atomic():
        derive(lambda: seen.append(following()))
    assert seen == [set()]
