"""Whom to look for: people of the fictitious country's truth."""

from collections import Counter

from tests.e2e.conftest import Demo


def distinctive_prisoner(demo: Demo) -> dict[str, str]:
    """A prisoner whose clean name nobody else has and whose records carry no noise."""
    noisy = {line["human_id"] for line in demo.truth("records") if line["noise"]}
    humans = demo.truth("humans")
    names = Counter(human["name"] for human in humans)
    return next(
        human
        for human in humans
        if "P" in human["kinds"] and names[human["name"]] == 1 and human["human_id"] not in noisy
    )


def two_state_prisoner(demo: Demo) -> dict[str, str]:
    """A prisoner registered in two states, without noise, so that the exact rules join the records."""
    states: dict[str, set[str]] = {}
    noisy = set()
    for line in demo.truth("records"):
        if line["view"] == "vw_preso":
            states.setdefault(line["human_id"], set()).add(line["origin"])
        if line["noise"]:
            noisy.add(line["human_id"])
    humans = demo.truth("humans")
    names = Counter(human["name"] for human in humans)
    return next(
        human
        for human in humans
        if len(states.get(human["human_id"], ())) == 2 and human["human_id"] not in noisy and names[human["name"]] == 1
    )
