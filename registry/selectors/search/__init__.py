"""The search of persons by name, mother, birth and document. `search` is its only door."""

from registry.selectors.search.batch import Match, Outcome, look_up_all
from registry.selectors.search.cards import PersonCard, Place
from registry.selectors.search.criteria import FACETS, Criteria, Filters, Precision, from_json, to_json
from registry.selectors.search.facets import Facet
from registry.selectors.search.narrowing import Narrowing
from registry.selectors.search.reasons import Reason, ReasonKind
from registry.selectors.search.run import PAGE_SIZE, Results, origins, search

__all__ = [
    "FACETS",
    "PAGE_SIZE",
    "Criteria",
    "Facet",
    "Filters",
    "Match",
    "Narrowing",
    "Outcome",
    "PersonCard",
    "Place",
    "Precision",
    "Reason",
    "ReasonKind",
    "Results",
    "from_json",
    "look_up_all",
    "origins",
    "search",
    "to_json",
]
