"""docs/operacao/achados.md says of every rule what the code says."""

from pathlib import Path

import pytest

from registry.findings import RULES

PAGE = (Path(__file__).parents[3] / "docs" / "operacao" / "achados.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_rule_is_documented_as_declared(name: str) -> None:
    rule = RULES[name]
    mark = " ⏱" if rule.dated else ""
    line = f"| **{rule.title}** `{name}`{mark} | {rule.severity.label.lower()} | {rule.explanation} | {rule.advice} |"
    assert line in PAGE.splitlines()


def test_no_rule_that_is_gone_is_documented() -> None:
    assert PAGE.count("| **") == len(RULES)
