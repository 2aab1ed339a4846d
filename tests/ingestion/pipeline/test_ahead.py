"""Working ahead keeps order, passes failures on, and closes what it reads from."""

import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import closing

import pytest

from ingestion.pipeline.ahead import ahead


class Numbers:
    """Counts up to a limit; knows in which thread it ran and whether it was closed."""

    def __init__(self, limit: int, failing: bool = False) -> None:
        self.limit, self.failing = limit, failing
        self.made = 0
        self.closed = threading.Event()
        self.threads: set[int] = set()

    def __call__(self) -> Generator[int]:
        try:
            for number in range(self.limit):
                self.threads.add(threading.get_ident())
                self.made += 1
                yield number
            if self.failing:
                raise LookupError("invented")
        finally:
            self.closed.set()


def test_items_come_in_order_from_another_thread() -> None:
    numbers = Numbers(50)

    assert list(ahead(numbers())) == list(range(50))

    assert threading.get_ident() not in numbers.threads
    assert numbers.closed.is_set()


def test_a_failure_comes_after_what_was_made_before_it() -> None:
    seen: list[int] = []

    def use(items: Iterator[int]) -> None:
        for number in items:
            seen.append(number)

    with pytest.raises(LookupError):
        use(ahead(Numbers(3, failing=True)()))

    assert seen == [0, 1, 2]


def test_a_source_that_is_being_waited_for_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.pipeline.ahead.PATIENCE_S", 0.2)
    answered, closed = threading.Event(), threading.Event()

    def slow() -> Generator[int]:
        try:
            yield 0
            assert answered.wait(60)
            raise ConnectionError("interrupted")
        finally:
            closed.set()

    with closing(ahead(slow(), answered.set)) as items:
        assert next(items) == 0

    assert closed.wait(10)


def test_leaving_early_closes_the_source_and_makes_few_more() -> None:
    numbers = Numbers(1_000)

    with closing(ahead(numbers())) as items:
        assert next(items) == 0

    assert numbers.closed.is_set()
    assert numbers.made <= 4


def test_threads_take_short_turns_only_while_one_works_ahead() -> None:
    usual, meanwhile = sys.getswitchinterval(), []

    def looking() -> Generator[int]:
        meanwhile.append(sys.getswitchinterval())
        yield 0

    for _ in ahead(looking()):
        meanwhile.append(sys.getswitchinterval())

    assert meanwhile[-1] < usual / 10
    assert sys.getswitchinterval() == usual
