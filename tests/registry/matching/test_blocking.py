"""Every rule of blocking is served by an index of the comparable forms."""

from itertools import groupby

import pytest

from registry.matching.blocking import INDEXES, RULES, Rule, agreeing
from registry.matching.subjects import subjects
from tests.registry.matching.people import invent


@pytest.mark.parametrize("rule", RULES, ids=" ".join)
def test_some_index_holds_whoever_a_rule_may_find(rule: Rule) -> None:
    """Its first column is known, and whatever a record must have to be in it."""
    known = agreeing(rule)
    assert any(
        set(rule) <= set(columns) and set(columns[:needed]) <= set(known) for columns, needed in INDEXES.values()
    )


@pytest.mark.parametrize("rule", [rule for rule in RULES if agreeing(rule) != rule], ids=" ".join)
def test_whoever_agrees_on_a_rule_agrees_on_what_it_says(rule: Rule) -> None:
    def of(columns: Rule) -> list[tuple[object, ...]]:
        return [tuple(getattr(one, column) for column in columns) for one in everybody]

    everybody = [one for one in subjects(invent()[0]) if None not in [getattr(one, column) for column in rule]]
    assert everybody
    said = sorted(zip(of(rule), of(agreeing(rule)), strict=True))
    assert all(len({full for _, full in group}) == 1 for _, group in groupby(said, key=lambda pair: pair[0]))
