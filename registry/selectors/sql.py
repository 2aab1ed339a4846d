"""Reads that the ORM would make slower or harder to follow, as typed rows."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import connection

RowT = TypeVar("RowT")


def select(into: Callable[..., RowT], statement: str, parameters: Mapping[str, Any]) -> list[RowT]:
    """The rows of a statement, each made by `into` (a NamedTuple class) from its columns in order."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [into(*row) for row in cursor.fetchall()]
