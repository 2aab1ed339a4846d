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
    " OR (l.key_mother_given = r.key_mother_given AND len(list_intersect(l.mother_keys, r.mother_keys))"
    " >= least(len(l.mother_keys), len(r.mother_keys), 2)))"
)
_SAME_CPF: Final = "coalesce(l.cpf = r.cpf, false)"
_SAME_RJI: Final = "coalesce(l.rji = r.rji, false)"
_SAME_RG: Final = "coalesce(l.rg = r.rg AND coalesce(l.rg_uf = r.rg_uf, true), false)"
_SHARE_A_NUMBER: Final = f"({_SAME_CPF} OR {_SAME_RJI} OR {_SAME_RG})"
# A relative's CPF is written for one's own; the prison number is given to a body in front of the clerk.
_SHARE_A_SURE_NUMBER: Final = f"({_SAME_RJI} OR ({_SAME_CPF} AND {_SAME_RG}))"
_DOCUMENTS_DIFFER: Final = (
    "(coalesce(l.rji <> r.rji, false) OR coalesce(damerau_levenshtein(l.cpf, r.cpf) > 2, false)"
    " OR coalesce(l.rg_uf = r.rg_uf AND damerau_levenshtein(l.rg, r.rg) > 1, false))"
)


def _word(side: str, at: int) -> str:
    return f"split_part({side}.name, ' ', {at})"


def _other_word(at: int) -> str:
    """The words at a place of the two names are neither one name spelled twice nor one with a slip of the finger."""
    one, other = _word("l", at), _word("r", at)
    least = f"least(length({one}), length({other}))"
    slip = f"damerau_levenshtein({one}, {other}) <= CASE WHEN {least} < 8 THEN 1 ELSE 2 END"
    return f"({least} > 1 AND NOT {slip})"


def _other_initial(side: str, other: str) -> str:
    """The second word of one name is an initial with which no word of the other begins."""
    initial = _word(side, 2)
    return f"(length({initial}) = 1 AND NOT contains(' ' || {other}.name, ' ' || {initial}))"


# Surname first: the first word of each is somewhere in the other, and no word of the shorter is another name.
_REORDERED: Final = """(list_contains(l.keys, r.key_given) AND list_contains(r.keys, l.key_given)
    AND len(list_intersect(l.keys, r.keys)) = least(len(l.keys), len(r.keys)))"""
_OTHER_GIVEN_NAME: Final = f"(l.key_given <> r.key_given AND NOT {_REORDERED} AND {_other_word(1)})"
# José Carlos and José Roberto: the same first name, and a second one that the other does not have at all.
_OTHER_SECOND_NAME: Final = f"""((l.key_given = r.key_given OR NOT {_other_word(1)}) AND (
    (len(l.keys) >= 3 AND len(r.keys) >= 3 AND {_other_word(2)}
        AND NOT list_contains(r.keys, l.keys[2]) AND NOT list_contains(l.keys, r.keys[2]))
    OR {_other_initial("l", "r")} OR {_other_initial("r", "l")}))"""
# Mateus and Matheus, Valdir and Valmir, Roberto Paulo and Roberto P. or Roberto.
_GIVEN_NAMES_DIFFER: Final = f"({_word('l', 1)} <> {_word('r', 1)} OR {_word('l', 2)} <> {_word('r', 2)})"

_ALIAS: Final = "coalesce(l.name = r.alias OR l.alias = r.name, false)"
# Of one mother no two are born in a year who are not born together; a digit may be typed wrong.
_ONE_BIRTH: Final = "(l.year = r.year OR damerau_levenshtein(l.birth, r.birth) <= 1)"
_MAY_BE_SIBLINGS: Final = f"(l.mother IS NULL OR r.mother IS NULL OR {_SAME_MOTHER})"
_KIN: Final = f"(coalesce({_ONE_BIRTH}, false) AND coalesce({_MAY_BE_SIBLINGS}, false))"
_SURELY_KIN: Final = f"(coalesce({_ONE_BIRTH}, false) AND coalesce({_SAME_MOTHER}, false))"
_OTHER_BIRTH: Final = f"(l.birth <> r.birth AND NOT {_ONE_BIRTH})"
_SIBLING_OF_ONE_CPF: Final = (
    f"(coalesce({_SAME_MOTHER}, false) AND l.key_words <> r.key_words AND NOT {_SHARE_A_SURE_NUMBER})"
)

VETOES: Final = (
    Veto(
        "given_name", "Os prenomes são diferentes e nenhum documento seguro é comum: podem ser irmãos ou gêmeos.",
        f"coalesce({_OTHER_GIVEN_NAME}, false) AND NOT {_ALIAS}"
        f" AND (NOT {_SHARE_A_NUMBER} OR ({_SURELY_KIN} AND NOT {_SHARE_A_SURE_NUMBER}))",
    ),
    Veto(
        "twins", "Podem ser gêmeos: nascidos juntos, segundo prenome diferente e nenhum documento em comum.",
        f"{_KIN} AND NOT {_SHARE_A_NUMBER} AND NOT {_ALIAS} AND coalesce({_OTHER_SECOND_NAME}, false)",
    ),
    Veto(
        "documents", "Podem ser gêmeos: nascidos juntos, nomes parecidos e documentos diferentes.",
        f"{_KIN} AND {_DOCUMENTS_DIFFER} AND NOT {_SHARE_A_NUMBER} AND coalesce({_GIVEN_NAMES_DIFFER}, false)",
    ),
    Veto(
        "birth", "Os nascimentos são diferentes e nenhum documento seguro é comum: podem ser parentes ou homônimos.",
        f"coalesce({_OTHER_BIRTH}, false) AND (NOT {_SHARE_A_NUMBER} OR {_SIBLING_OF_ONE_CPF})",
    ),
    Veto(
        "cpf", "Os CPFs são diferentes.",
        "coalesce(l.cpf_right <> r.cpf_right AND damerau_levenshtein(l.cpf, r.cpf) > 2, false)",
    ),
    Veto("sex", "Os sexos são diferentes.", "coalesce(l.sex <> r.sex, false)"),
)  # fmt: skip
