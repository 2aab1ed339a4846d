"""What crossing records found: lists behind filters, and the crossings of one person."""

from registry.selectors.crossing.criteria import LAWYERS, LEAST, LISTS, CrossingCriteria
from registry.selectors.crossing.listing import MOST_COUNTED, PAGE_SIZE, Crossings, Tally, crossings, tallies
from registry.selectors.crossing.rows import CrossingSeen, PersonBrief

__all__ = [
    "LAWYERS",
    "LEAST",
    "LISTS",
    "MOST_COUNTED",
    "PAGE_SIZE",
    "CrossingCriteria",
    "CrossingSeen",
    "Crossings",
    "PersonBrief",
    "Tally",
    "crossings",
    "tallies",
]
