"""Python's garbage collector during a load."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def settled_heap() -> Iterator[None]:
    """Keep the collector from visiting, again and again, what was there before.

    A batch is tens of thousands of small objects, and every so many of them the collector looks through all that the
    process holds: two thirds of the time of reading rows. What a load leaves in cycles is still collected.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
