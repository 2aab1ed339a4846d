"""The keyset condition for database systems that cannot use an index for `(a, b) > (x, y)`, or do not know it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def after(order: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
    """A row comes after these values; by the first condition an index on the first column begins at its place."""
    beyond: ColumnElement[bool] = order[0] > values[0]
    if len(order) == 1:
        return beyond
    return and_(order[0] >= values[0], or_(beyond, after(order[1:], values[1:])))
