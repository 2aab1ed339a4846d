"""Servers of states on the internet, started once and of this process alone: tests change their certificates."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from senappen import servers
from tests.factories import far
from tests.factories.far import Far


@pytest.fixture(scope="session")
def postgresql_far() -> Iterator[Far]:
    with folder("postgresql") as place, far.postgresql(place) as made:
        yield made


@pytest.fixture(scope="session")
def mariadb_far() -> Iterator[Far]:
    with folder("mariadb") as place, far.mariadb(place) as made:
        yield made


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """Not pytest's own, which it closes to other accounts when another run begins."""
    place = servers.var() / f"far-{name}-{os.getpid()}"
    yield place
    shutil.rmtree(place, ignore_errors=True)
