"""The search of somebody missing: the whole base, and above all those whom the states could not identify."""

from registry.selectors.missing.criteria import MissingCriteria, from_json, to_json
from registry.selectors.missing.judging import Agreement, Clue
from registry.selectors.missing.run import LIMIT, PAGE_SIZE, Candidates, MissingSeen, find_missing

__all__ = [
    "LIMIT",
    "PAGE_SIZE",
    "Agreement",
    "Candidates",
    "Clue",
    "MissingCriteria",
    "MissingSeen",
    "find_missing",
    "from_json",
    "to_json",
]
