"""Every test here may lock names out; the next one starts with none."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_lockouts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
