"""Which pairs are worth comparing: those that agree on every column of at least one rule.

Measured in docs/matching.md: the share of true pairs that these rules let through bounds all that follows.
"""

from collections.abc import Sequence
from typing import Final

Rule = tuple[str, ...]

# No rule of a frequent value alone: Maria Silva and a year are half a million pairs of 260,000 records, and pairs grow
# with the square of the records.
RULES: Final[tuple[Rule, ...]] = (
    ("cpf",),
    ("rji",),
    ("rg", "rg_uf"),
    ("rg", "key_given"),
    ("oab",),
    ("birth_any", "key_ends"),
    ("birth_any", "key_start"),
    ("birth_any", "key_tail"),
    ("birth_any", "key_given", "key_mother_given"),
    ("birth_any", "key_given", "birthplace"),
    ("birth_any", "key_last", "key_mother_given"),
    ("birth_any", "key_last", "birthplace"),
    ("birth_any", "key_mother"),
    ("birth_any", "key_father"),
    ("key_words", "year"),
    ("key_words", "month_day"),
    ("key_words", "key_mother"),
    # Many lawyers are known by their name and nothing else.
    ("key_words", "lawyer"),
    ("key_ends", "year", "key_mother_ends"),
    ("key_ends", "year", "birthplace"),
    ("key_ends", "month_day", "key_mother_given"),
    ("key_start", "year", "birthplace"),
    ("key_start", "year", "key_mother_given"),
    ("key_mother", "key_given", "key_last"),
    ("key_mother", "key_given", "year"),
    ("key_mother", "key_start"),
    ("key_mother", "year", "key_last"),
    ("key_mother", "month_day"),
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
