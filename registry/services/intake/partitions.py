"""The first rows an origin gives of a large table: a table of their own, which becomes its partition once filled."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper

from registry.services import bulk

# As the database's functions know them (registry migration 0014).
PARTITIONED = frozenset({"registry_movement", "registry_visit", "registry_lawyerattendance"})


@contextmanager
def filling(cursor: CursorWrapper, table: str, origin: int) -> Iterator[str]:
    """The name of the table to write an origin's rows of `table` into.

    `table` itself, unless it is partitioned and has no partition of the origin yet. Then it is a table without
    indexes, which is attached, and so indexed, on leaving: five indexes grown row by row cost twice as much as all
    else, and more the larger they are. Only first loads of the same table wait for each other.
    """
    name = None
    if table in PARTITIONED:
        (name,) = bulk.first(cursor, "SELECT registry_start_partition(%s, %s)", [table, origin])
    yield name or table
    if name:
        cursor.execute("SELECT registry_attach_partition(%s, %s)", [table, origin])
