"""The states: each with a profile of its own, or the generic one of its family."""

from functools import cache

from fictitious import tables
from fictitious.states import al, generic, pb, pe, rj, se, sp
from fictitious.states.spec import Profile

OWN = {module.PROFILE.uf: module.PROFILE for module in (al, pb, pe, rj, se, sp)}


@cache
def profile(uf: str) -> Profile:
    """The profile of any of the 27 states: its own if one was written, else a generic one."""
    if uf not in tables.states():
        raise ValueError(f"unknown state: {uf}")
    return OWN.get(uf) or generic.profile(uf)
