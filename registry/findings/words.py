"""The evidence of a finding in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.findings.identity import MOST
from registry.findings.rule import Rule
from registry.labels import label
from senappen.lib.wording import day, thousands


def tell(rule: Rule, evidence: Mapping[str, Any]) -> str:
    """One sentence with dates, counts and codes as people read them."""
    return rule.telling.format(**{name: _worded(rule, name, value) for name, value in evidence.items()})


def _worded(rule: Rule, name: str, value: Any) -> str:
    if isinstance(value, list):
        codes = [str(label(rule.coded, code).text) if name == "kinds" and rule.coded else str(code) for code in value]
        return ", ".join(sorted(codes))
    if isinstance(value, int | float):
        return f"mais de {MOST}" if name == "people" and value > MOST else thousands(int(value))
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return str(value)
