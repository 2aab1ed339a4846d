"""The quality rules, declared: what each finds, why it matters, what to do, and the query that finds it."""

from registry.findings.catalogue import RULES
from registry.findings.rule import Kind, Rule, Subject

__all__ = ["RULES", "Kind", "Rule", "Subject"]
