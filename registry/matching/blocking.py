"""Which pairs are worth comparing: those that agree on every column of at least one rule.

Measured in docs/matching.md: the share of true pairs that these rules let through bounds all that follows.
"""

from collections.abc import Sequence
from typing import Final

Rule = tuple[str, ...]

# A key that more records share finds nobody, in a load as in a national run: pairs grow with the square of a crowd.
MOST: Final = 200
# Keys that tell people apart only while few share them: José and a day find a misspelt surname in a small base, and
# a hundred strangers in a large one.
_FEW: Final = 5
_WEAK: Final[frozenset[Rule]] = frozenset({
    ("birth_any", "key_given"), ("birth_any", "key_last"), ("birth_any", "key_mother_given"), ("key_words",),
    ("key_mother",),
})  # fmt: skip
RULES: Final[tuple[Rule, ...]] = (
    ("cpf",),
    ("rji",),
    ("rg", "rg_uf"),
    ("rg", "key_given"),
    ("oab",),
    *sorted(_WEAK),
    ("birth_any", "key_ends"),
    ("birth_any", "key_start"),
    ("birth_any", "key_tail"),
    ("birth_any", "key_given", "key_mother_given"),
    ("birth_any", "key_father"),
    ("key_words", "year"),
    ("key_words", "month_day"),
    ("key_words", "key_mother"),
    # Many lawyers are known by their name and nothing else.
    ("key_words", "lawyer"),
    ("key_ends", "year", "birthplace"),
    ("key_ends", "month_day", "key_mother_given"),
    ("key_start", "year", "birthplace"),
    ("key_mother", "key_given", "year"),
    ("key_mother", "year", "key_last"),
    ("key_mother", "month_day"),
)
# What a column says of others: whoever agrees on it agrees on them.
_SAYS: Final = {"key_ends": ("key_given",), "key_start": ("key_given",), "key_tail": ("key_last",)}
# The indexes of `registry.MatchSubject`, by which a batch finds its candidates: changing one is a migration. One serves
# several rules where those share what tells most records apart: a record then enters fewer places of fewer pages. Of
# each its columns, and how many of the first a record must have to be in it.
INDEXES: Final[dict[str, tuple[Rule, int]]] = {
    "ms_cpf": (("cpf",), 1),
    "ms_rji": (("rji",), 1),
    "ms_rg_and": (("rg", "rg_uf", "key_given"), 1),
    "ms_oab": (("oab",), 1),
    "ms_birth_given_and": (("birth_any", "key_given", "key_ends", "key_start", "key_mother_given"), 2),
    "ms_birth_last_and": (("birth_any", "key_last", "key_tail"), 2),
    "ms_birth_m_given": (("birth_any", "key_mother_given"), 2),
    "ms_birth_father": (("birth_any", "key_father"), 2),
    "ms_words_and": (("key_words", "year", "month_day", "key_mother", "lawyer"), 1),
    "ms_ends_year_birthplace": (("key_ends", "year", "birthplace"), 3),
    "ms_ends_month_day_m_given": (("key_ends", "month_day", "key_mother_given"), 3),
    "ms_start_year_birthplace": (("key_start", "year", "birthplace"), 3),
    "ms_m_and": (("key_mother", "year", "key_given", "key_last"), 1),
    "ms_m_month_day": (("key_mother", "month_day"), 2),
}


def agreeing(rule: Rule) -> Rule:
    """The rule's columns and what they say of others: as many columns of an index as are known."""
    return tuple(dict.fromkeys(name for column in rule for name in (*_SAYS.get(column, ()), column)))


def most(rule: Rule) -> int:
    """How many records may share a key of the rule for it to find them."""
    return _FEW if rule in _WEAK else MOST


def pairs(left: str, right: str, rules: Sequence[Rule] = RULES) -> str:
    """SQL of the candidate pairs, each once, as `a` < `b`: a row of `left` with one of `right`.

    Both are tables of `Subject` columns; what `most` says is of the records of `right`. It is the same in DuckDB and
    in PostgreSQL.
    """
    return " UNION ".join(_pairs(left, right, rule) for rule in rules)


def _pairs(left: str, right: str, rule: Rule) -> str:
    columns = ", ".join(rule)
    agreeing = " AND ".join(f"l.{column} = r.{column}" for column in rule)
    ordered = "l.id < r.id" if left == right else "l.id <> r.id"
    return (
        f"SELECT least(l.id, r.id) AS a, greatest(l.id, r.id) AS b"  # noqa: S608 names of this module only
        f" FROM (SELECT {columns} FROM {right} GROUP BY {columns} HAVING count(*) <= {most(rule)}) k"
        f" JOIN {right} r USING ({columns}) JOIN {left} l ON {agreeing} WHERE {ordered}"
    )
