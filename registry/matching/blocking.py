"""Which pairs are worth comparing: those that agree on every column of at least one rule.

Measured in docs/matching.md: the share of true pairs that these rules let through bounds all that follows.
"""

from collections.abc import Sequence
from typing import Final

Rule = tuple[str, ...]

RULES: Final[tuple[Rule, ...]] = (
    ("cpf",),
    ("rji",),
    ("rg", "rg_uf"),
    ("birth", "key_given"),
    ("birth", "key_mother_given"),
    ("birth", "key_last"),
    ("key_name", "key_mother_given"),
    ("key_name", "year"),
    ("key_ends", "year"),
    ("key_ends", "month_day"),
    ("key_mother", "key_given"),
    ("key_mother", "year"),
    ("key_ends", "key_mother_ends"),
    ("key_given", "key_mother_ends", "year"),
    ("key_ends", "birthplace"),
)


def pairs(left: str, right: str, rules: Sequence[Rule] = RULES) -> str:
    """SQL of the candidate pairs, each once, as `a` < `b`: a row of `left` with one of `right`.

    Both are tables of `Subject` columns. It is the same in DuckDB and in PostgreSQL.
    """
    return " UNION ".join(_pairs(left, right, rule) for rule in rules)


def _pairs(left: str, right: str, rule: Rule) -> str:
    agreeing = " AND ".join(f"l.{column} = r.{column}" for column in rule)
    ordered = "l.id < r.id" if left == right else "l.id <> r.id"
    return (
        f"SELECT least(l.id, r.id) AS a, greatest(l.id, r.id) AS b"  # noqa: S608 names of this module only
        f" FROM {left} l JOIN {right} r ON {agreeing} WHERE {ordered}"
    )
