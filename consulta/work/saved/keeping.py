"""Saving a search under a name, and asking it again."""

from dataclasses import replace

from django.db import transaction

from audit.events import Actor
from consulta.models import SavedSearch, SearchQuery
from consulta.search import queries
from consulta.work import own
from credentialing.models import Purpose, User
from registry.selectors.search import Criteria, Filters


def keep(*, user: User, name: str, criteria: Criteria, by: Actor) -> SavedSearch:
    """Save a search. Raises own.TooMany."""
    saved = SavedSearch(user=user)
    saved.keep(name, criteria)
    own.keep(saved, by=by)
    return saved


@transaction.atomic
def ask(*, saved: SavedSearch, purpose: Purpose) -> tuple[SearchQuery, Criteria]:
    """A new search of the same criteria under the purpose in force. Filters stand in the address, not in the search."""
    own.opened(saved)
    criteria = saved.criteria
    return queries.keep(replace(criteria, filters=Filters()), purpose), criteria
