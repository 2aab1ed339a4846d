"""What a sum of weights cannot know: pairs that look alike and are two people, or may be. A human decides them.

Twins share a birth date, a mother, a birthplace, an address: 86 % of the confident errors measured on the prototype.
A gap between generations is no veto: it stopped far more true pairs than false ones.
Conditions are DuckDB SQL over two rows of `subjects.Subject`, `l` and `r`, with `tf_key_given`, the frequency of the
given name (`workbench.weigh`).
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


def _least(one: str, other: str) -> str:
    return f"least(length({one}), length({other}))"


def _slip(one: str, other: str) -> str:
    """The finger slipped: a letter differs, two of eight."""
    return f"damerau_levenshtein({one}, {other}) <= CASE WHEN {_least(one, other)} < 8 THEN 1 ELSE 2 END"


def _misspelt(one: str, other: str) -> str:
    """As many letters differ as a tired clerk gets wrong: two of five, three of eight."""
    least = _least(one, other)
    allowed = f"CASE WHEN {least} < 5 THEN 1 WHEN {least} < 8 THEN 2 ELSE 3 END"
    return f"damerau_levenshtein({one}, {other}) <= {allowed}"


def _other_word(at: int) -> str:
    """The words at a place of the two names are neither one name spelled twice nor one with a slip of the finger."""
    one, other = _word("l", at), _word("r", at)
    return f"({_least(one, other)} > 1 AND NOT {_slip(one, other)})"


def _other_initial(side: str, other: str) -> str:
    """The second word of one name is an initial with which no word of the other begins."""
    initial = _word(side, 2)
    return f"(length({initial}) = 1 AND NOT contains(' ' || {other}.name, ' ' || {initial}))"


# Surname first: the first word of each is somewhere in the other, and no word of the shorter is another name.
_REORDERED: Final = """(list_contains(l.keys, r.key_given) AND list_contains(r.keys, l.key_given)
    AND len(list_intersect(l.keys, r.keys)) = least(len(l.keys), len(r.keys)))"""


def _surname_first(one: str, other: str) -> str:
    """One name has its surname first: put last, two letters at most differ, and the given names by a slip at most."""
    turned = f"regexp_replace({one}.name, '^(\\S+) (.*)$', '\\2 \\1')"
    given = _slip(_word(one, 2), _word(other, 1))
    return f"({given} AND damerau_levenshtein({turned}, {other}.name) <= 2)"


# One name is so much rarer than the other that it may be the other one misspelt. Twins are given names that rhyme and
# that few have: of two rare names, as of two common ones (Juliana, Luciana), each is a name.
_FAR_RARER: Final = "least(l.tf_key_given, r.tf_key_given) * {times} <= greatest(l.tf_key_given, r.tf_key_given)"
_RARE_SLIP: Final = f"({_slip(_word('l', 1), _word('r', 1))} AND {_FAR_RARER.format(times=30)})"
_MISSPELT: Final = (
    f"({_misspelt(_word('l', 1), _word('r', 1))} AND CASE WHEN {_SHARE_A_NUMBER}"
    f" THEN {_FAR_RARER.format(times=5)} ELSE {_FAR_RARER.format(times=100)} END)"
)
_REORDERED_WITH_SLIPS: Final = f"({_surname_first('l', 'r')} OR {_surname_first('r', 'l')})"
_SPACE_MISPLACED: Final = "(replace(l.name, ' ', '') = replace(r.name, ' ', ''))"
_ONE_GIVEN_NAME: Final = f"({_REORDERED} OR {_MISSPELT} OR {_REORDERED_WITH_SLIPS} OR {_SPACE_MISPLACED})"
_OTHER_GIVEN_NAME: Final = f"(l.key_given <> r.key_given AND {_other_word(1)} AND NOT {_ONE_GIVEN_NAME})"
# A letter makes another name of twins; of strangers who agree in the rest, it is a slip.
_OTHER_TWINS_NAME: Final = (
    f"(l.key_given <> r.key_given AND {_least(_word('l', 1), _word('r', 1))} > 1"
    f" AND NOT {_RARE_SLIP} AND NOT {_ONE_GIVEN_NAME})"
)
# One has a surname alone, which the other has too.
_GIVEN_NAME_LEFT_OUT: Final = """((len(l.keys) = 1 AND list_contains(r.keys, l.key_given))
    OR (len(r.keys) = 1 AND list_contains(l.keys, r.key_given)))"""
# José Carlos and José Roberto: the same first name, and a second one that the other does not have at all.
_OTHER_SECOND_NAME: Final = f"""(NOT {_SPACE_MISPLACED}
    AND (l.key_given = r.key_given OR NOT {_other_word(1)} OR {_MISSPELT}) AND (
    (len(l.keys) >= 3 AND len(r.keys) >= 3 AND {_other_word(2)}
        AND NOT list_contains(r.keys, l.keys[2]) AND NOT list_contains(l.keys, r.keys[2]))
    OR {_other_initial("l", "r")} OR {_other_initial("r", "l")}))"""
# Mateus and Matheus, Valdir and Valmir, Roberto Paulo and Roberto P. or Roberto.
_GIVEN_NAMES_DIFFER: Final = f"({_word('l', 1)} <> {_word('r', 1)} OR {_word('l', 2)} <> {_word('r', 2)})"

_ALIAS: Final = "coalesce(l.name = r.alias OR l.alias = r.name, false)"
# Of one mother no two are born in a year who are not born together; a digit may be typed wrong.
_ONE_BIRTH: Final = "(l.year = r.year OR damerau_levenshtein(l.birth, r.birth) <= 1)"
_MAY_BE_SIBLINGS: Final = f"(l.mother IS NULL OR r.mother IS NULL OR {_SAME_MOTHER})"
# Of two records without mothers all would be suspect, as in a base that has none.
_ONE_WITHOUT_MOTHER: Final = "((l.mother IS NULL) <> (r.mother IS NULL))"
_KIN: Final = f"(coalesce({_ONE_BIRTH}, false) AND coalesce({_MAY_BE_SIBLINGS}, false))"
_SURELY_KIN: Final = f"(coalesce({_ONE_BIRTH}, false) AND coalesce({_SAME_MOTHER}, false))"
_OTHER_BIRTH: Final = f"(l.birth <> r.birth AND NOT {_ONE_BIRTH})"
# The whole name with a slip or two, unless the slip makes another name.
_ONE_NAME_MISSPELT: Final = (
    f"(damerau_levenshtein(l.name, r.name) <= 2 AND (l.key_given = r.key_given OR {_FAR_RARER.format(times=5)}))"
)
_SIBLING_OF_ONE_CPF: Final = (
    f"(coalesce({_SAME_MOTHER}, false) AND l.key_words <> r.key_words AND NOT coalesce({_ONE_NAME_MISSPELT}, false)"
    f" AND NOT {_SHARE_A_SURE_NUMBER})"
)

# Of a given name that is another one, by what else the two records have.
_STRANGERS_NAME: Final = f"(coalesce({_OTHER_GIVEN_NAME}, false) AND NOT {_SHARE_A_NUMBER})"
_RELATIVES_NAME: Final = (
    f"(coalesce({_OTHER_GIVEN_NAME}, false) AND {_SURELY_KIN} AND NOT {_GIVEN_NAME_LEFT_OUT}"
    f" AND NOT {_SHARE_A_SURE_NUMBER})"
)
_TWINS_NAME: Final = (
    f"(coalesce({_OTHER_TWINS_NAME}, false) AND coalesce({_ONE_BIRTH}, false)"
    f" AND (coalesce({_SAME_MOTHER}, false) OR {_ONE_WITHOUT_MOTHER}) AND NOT {_SHARE_A_NUMBER})"
)

VETOES: Final = (
    Veto(
        "given_name", "Os prenomes são diferentes e nenhum documento seguro é comum: podem ser irmãos ou gêmeos.",
        f"NOT {_ALIAS} AND ({_STRANGERS_NAME} OR {_RELATIVES_NAME} OR {_TWINS_NAME})",
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
