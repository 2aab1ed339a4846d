"""Persons kept somewhere by id, as cards of a list: each as now known, and as far as the scope lets see."""

import uuid
from collections.abc import Iterable, Mapping

from registry.models import PersonSearch
from registry.scope import Scope
from registry.selectors import seals
from registry.selectors.search.cards import PersonCard, Sketch, draw


def listed(public_ids: Iterable[uuid.UUID], scope: Scope) -> Mapping[uuid.UUID, PersonCard]:
    """Id → card of the person it now leads to; ids that are unknown or out of scope are left out."""
    # Every record has a home person, and leads to whom it is judged to be (ADR 3): merges and their undoing follow.
    homes = seals.records(scope).filter(home__public_id__in=list(public_ids))
    current = dict(homes.values_list("home__public_id", "person__public_id"))
    persons = dict(homes.values_list("person_id", "person__public_id"))
    situations = dict(PersonSearch.objects.filter(person__in=persons).values_list("person_id", "situation"))
    sketches = [Sketch(pk, situations.get(pk, ""), "", (), (), 0.0) for pk in persons]
    cards = {card.public_id: card for card in draw(sketches, scope)}
    return {home: cards[person] for home, person in current.items() if person in cards}
