"""A small base of invented people, indexed for the search."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.scope import Scope
from registry.selectors.search import Criteria, Results, search
from tests.registry.selectors.search.indexing import index

Find = Callable[..., Results]


@pytest.fixture
def find(db: None) -> Find:
    """Index whoever was made so far and search: criteria by keyword, `page` and `scope` apart."""

    def _find(*, page: int = 1, scope: Scope | None = None, **criteria: Any) -> Results:
        index()
        return search(Criteria(**criteria), scope or Scope(lawyers=True), page)

    return _find
