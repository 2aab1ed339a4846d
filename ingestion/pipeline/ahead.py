"""Working ahead: what comes next is made while what came before is being used."""

import queue
import threading
from collections.abc import Callable, Generator
from typing import TypeVar

from django.db import connections

from senappen.lib.turns import short_turns

T = TypeVar("T")

# One being made, one waiting, one in use: that is what bounds the memory.
WAITING = 1
PATIENCE_S = 5.0
POLL_S = 0.2


def ahead(items: Generator[T], interrupt: Callable[[], None] = lambda: None) -> Generator[T]:
    """The items, made in a thread of their own, which also closes their generator. Raises what it raises.

    Left early, it waits a little for the thread to notice; one that waits itself, for a state's slow server, is made to
    fail by `interrupt`, lest the state keep a transaction open for a load that is over.

    Reading a state waits for the network, and writing waits for PostgreSQL: both let the other go on. Making an item
    sees nothing of a transaction of the caller: Django's database connections belong to a thread.
    """
    made: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(WAITING)
    enough = threading.Event()
    thread = threading.Thread(target=_make, args=(items, made, enough), daemon=True)
    thread.start()
    try:
        with short_turns():
            yield from _taken(made)
    finally:
        enough.set()
        thread.join(PATIENCE_S)
        if thread.is_alive():
            interrupt()
            # What cannot be interrupted holds the thread up to its time limit; nobody waits for it.
            thread.join(PATIENCE_S)


def _taken(made: "queue.Queue[tuple[T | None, BaseException | None]]") -> Generator[T]:
    while True:
        item, error = made.get()
        if error is not None:
            raise error
        if item is None:
            return
        yield item


def _make(
    items: Generator[T], made: "queue.Queue[tuple[T | None, BaseException | None]]", stop: threading.Event
) -> None:
    try:
        for item in items:
            if not _offered(made, (item, None), stop):
                break
    except BaseException as error:  # noqa: BLE001 it is raised where the items are used
        _offered(made, (None, error), stop)
    else:
        _offered(made, (None, None), stop)
    finally:
        try:
            items.close()
        finally:
            connections.close_all()


def _offered(
    made: "queue.Queue[tuple[T | None, BaseException | None]]",
    what: tuple[T | None, BaseException | None],
    stop: threading.Event,
) -> bool:
    """Hand something over; False when nobody wants it any more."""
    while not stop.is_set():
        try:
            made.put(what, timeout=POLL_S)
        except queue.Full:
            continue
        return True
    return False
