"""A small base of invented people, indexed for the search."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.scope import Scope
from registry.selectors.search import Criteria, Results, search
from registry.services.search_documents import pairing
from tests.registry.selectors.search.indexing import index

Find = Callable[..., Results]


@pytest.fixture(params=[False, True], ids=["words", "pairs"])
def find(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Find:
    """Index whoever was made so far and search: criteria by keyword, `page` and `scope` apart. With every word looked
    for by itself, and with all of them told in pairs: the answers are the same.
    """
    if request.param:
        monkeypatch.setattr(pairing, "least", lambda _: 1)

    def _find(*, page: int = 1, scope: Scope | None = None, **criteria: Any) -> Results:
        index()
        pairing.pair()
        return search(Criteria(**criteria), scope or Scope(lawyers=True), page)

    return _find
