"""What a sum of weights cannot know: pairs that look alike and are two people, or may be. A human decides them.

Twins share a birth date, a mother, a birthplace, an address: 86 % of the confident errors measured on the prototype.
A gap between generations is no veto: it stopped far more true pairs than false ones.
Conditions are DuckDB SQL over two rows of `subjects.Subject`, `l` and `r`.
"""

from typing import Final, NamedTuple


class Veto(NamedTuple):
    """A reason not to join a pair without a human, however high its score."""

    code: str
    text: str
    sql: str


_SAME_MOTHER: Final = (
    "(l.key_mother = r.key_mother OR jaro_winkler_similarity(l.mother, r.mother) >= 0.9"
    " OR (l.key_mother_given = r.key_mother_given AND len(list_intersect(l.mother_keys, r.mother_keys)) >= 2))"
)
_SHARE_A_NUMBER: Final = (
    "(coalesce(l.cpf = r.cpf, false) OR coalesce(l.rji = r.rji, false)"
    " OR coalesce(l.rg = r.rg AND l.rg_uf = r.rg_uf, false))"
)
_OTHER_GIVEN_NAME: Final = (
    "(l.key_given <> r.key_given"
    " AND jaro_winkler_similarity(split_part(l.name, ' ', 1), split_part(r.name, ' ', 1)) < 0.9)"
)
# José Carlos and José Roberto: the same first name, and a second one that the other does not have at all.
_OTHER_SECOND_NAME: Final = """(l.key_given = r.key_given AND len(l.keys) >= 3 AND len(r.keys) >= 3
    AND length(split_part(l.name, ' ', 2)) > 1 AND length(split_part(r.name, ' ', 2)) > 1
    AND jaro_winkler_similarity(split_part(l.name, ' ', 2), split_part(r.name, ' ', 2)) < 0.8
    AND NOT list_contains(r.keys, l.keys[2]) AND NOT list_contains(l.keys, r.keys[2]))"""

_ALIAS: Final = "coalesce(l.name = r.alias OR l.alias = r.name, false)"
# One day, written as it is, with day and month swapped, or known only by its year.
_ONE_BIRTH: Final = """(l.birth = r.birth OR (l.year = r.year AND (l.birth[5:8] = '0101' OR r.birth[5:8] = '0101'
    OR (l.birth[5:6] = r.birth[7:8] AND l.birth[7:8] = r.birth[5:6]))))"""
_MAY_BE_SIBLINGS: Final = f"(l.mother IS NULL OR r.mother IS NULL OR {_SAME_MOTHER})"

VETOES: Final = (
    Veto(
        "given_name", "Os prenomes são diferentes e não há documento em comum: podem ser irmãos ou gêmeos.",
        f"coalesce({_OTHER_GIVEN_NAME}, false) AND NOT {_SHARE_A_NUMBER} AND NOT {_ALIAS}",
    ),
    Veto(
        "twins", "Podem ser gêmeos: mesma data, segundo prenome diferente e nenhum documento em comum.",
        f"coalesce({_ONE_BIRTH}, false) AND coalesce({_MAY_BE_SIBLINGS}, false) AND NOT {_SHARE_A_NUMBER}"
        f" AND coalesce({_OTHER_SECOND_NAME}, false)",
    ),
    Veto(
        "cpf", "Os CPFs são diferentes.",
        "coalesce(l.cpf <> r.cpf AND damerau_levenshtein(l.cpf, r.cpf) > 2, false)",
    ),
    Veto("sex", "Os sexos são diferentes.", "coalesce(l.sex <> r.sex, false)"),
)  # fmt: skip
