"""The work behind an answer, as a clock might tell it: statements to the databases, and passwords tried."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from unittest import mock

from django.contrib.auth import hashers
from django.db import connections

DATABASES: Final = ("default", "audit")
# What differs between two runs of one statement: how many values it was given, and the names of savepoints.
_VALUES: Final = re.compile(r"\(?%s(?:::\w+(?:\[\])?)?\)?(?:, \(?%s(?:::\w+(?:\[\])?)?\)?)+")
_SAVEPOINT: Final = re.compile(r'"s\d+_x\d+"')


def shape(statement: object) -> str:
    """The statement without its values and without how many there are of them."""
    text = " ".join(str(statement).split())
    return _SAVEPOINT.sub("*", _VALUES.sub("%s", text))


@contextmanager
def watched() -> Iterator[list[str]]:
    """The shapes of everything sent to the databases meanwhile, in order, and `password` for each one hashed."""
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        seen.append(f"{context['connection'].alias}: {shape(sql)}")
        return execute(sql, params, many, context)

    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def hashed(self: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append("password")
        return encode(self, *args, **kwargs)

    with ExitStack() as stack:
        for alias in DATABASES:
            stack.enter_context(connections[alias].execute_wrapper(note))
        stack.enter_context(mock.patch.object(hasher, "encode", hashed))
        yield seen
