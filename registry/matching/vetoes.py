"""What a sum of weights cannot know: pairs that look alike and are two people, or may be. A human decides them.

Twins share a birth date, a mother, a birthplace, an address: 86 % of the confident errors measured on the prototype.
A gap between generations is no veto: it stopped far more true pairs than false ones.
Conditions are DuckDB SQL over two rows of `subjects.Subject`, `l` and `r`, with `tf_key_given`, the frequency of the
given name (`workbench.weigh`).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from registry.matching import given_names
from registry.matching.slips import where

# The code of what keeps two records apart without asking anybody.
SURELY_TWO: Final = "surely_two"


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


_MISSPELT: Final = given_names.misspelt(
    f"CASE WHEN {_SHARE_A_NUMBER} THEN {given_names.far_rarer(5)} ELSE {given_names.far_rarer(100)} END"
)
_OTHER_GIVEN_NAME: Final = given_names.other_given_name(_MISSPELT)
_OTHER_TWINS_NAME: Final = given_names.other_twins_name(given_names.misspelt(given_names.far_rarer(100)))

# A name of another first name that one also goes by; one's own name in short tells nothing.
_ALIAS: Final = (
    f"({given_names.OTHER_FIRST} AND (coalesce(l.name = r.alias, false) OR coalesce(l.alias = r.name, false)))"
)
# Of one mother no two are born in a year who are not born together; a digit may be typed wrong.
# More than one where the year before or the decade ends: 1999 and 2000, 1995 and 2005.
_ONE_BIRTH: Final = (
    "CASE WHEN l.year = r.year THEN true ELSE damerau_levenshtein(l.birth, r.birth) <= 1"
    " OR (l.birth[5:8] = r.birth[5:8] AND abs(l.year - r.year) IN (1, 10)) END"
)
# Nothing shows another mother: hers may be unknown, misspelt, or written by other surnames.
_MAY_BE_SIBLINGS: Final = (
    f"(l.mother IS NULL OR r.mother IS NULL OR {_SAME_MOTHER} OR list_has_any(l.mother_keys, r.mother_keys))"
)
_KIN: Final = f"(coalesce({_ONE_BIRTH}, false) AND coalesce({_MAY_BE_SIBLINGS}, false))"
_KIN_WITHOUT_NUMBER: Final = f"(NOT {_SHARE_A_NUMBER} AND {_KIN})"
_SURELY_KIN: Final = f"(coalesce({_ONE_BIRTH}, false) AND coalesce({_SAME_MOTHER}, false))"
_OTHER_BIRTH: Final = f"(l.birth <> r.birth AND NOT ({_ONE_BIRTH}))"
# The whole name with a slip or two, unless the slip makes another name.
_ONE_NAME_MISSPELT: Final = (
    f"(damerau_levenshtein(l.name, r.name) <= 2 AND (l.key_given = r.key_given OR {given_names.far_rarer(5)}))"
)
_SIBLING_OF_ONE_CPF: Final = (
    f"(coalesce({_SAME_MOTHER}, false) AND l.key_words <> r.key_words AND NOT coalesce({_ONE_NAME_MISSPELT}, false)"
    f" AND NOT {_SHARE_A_SURE_NUMBER})"
)

# Of strangers a common number answers for another given name; of relatives only the person's own.
_ANOTHER_NAME: Final = (
    f"(coalesce({_OTHER_GIVEN_NAME}, false) AND (NOT {_SHARE_A_NUMBER}"
    f" OR ({_SURELY_KIN} AND NOT {given_names.LEFT_OUT} AND NOT {_SHARE_A_SURE_NUMBER})))"
)
_TWINS_NAME: Final = where(_KIN_WITHOUT_NUMBER, f"coalesce({_OTHER_TWINS_NAME}, false)")

VETOES: Final = (
    Veto(
        "given_name", "Os prenomes são diferentes e nenhum documento seguro é comum: podem ser irmãos ou gêmeos.",
        where(f"{given_names.OTHER_FIRST} AND NOT {_ALIAS}", f"({_ANOTHER_NAME} OR {_TWINS_NAME})"),
    ),
    Veto(
        "twins", "Podem ser gêmeos: nascidos juntos, segundo prenome diferente e nenhum documento em comum.",
        where(_KIN_WITHOUT_NUMBER, f"NOT {_ALIAS} AND coalesce({given_names.OTHER_SECOND}, false)"),
    ),
    Veto(
        "second_name", "Podem ser gêmeos: nascidos juntos, segundo prenome omitido ou abreviado e nenhum documento em"
        " comum.",
        where(_KIN_WITHOUT_NUMBER, f"NOT {_ALIAS} AND coalesce({given_names.SECOND_UNTOLD}, false)"),
    ),
    Veto(
        "documents", "Podem ser gêmeos: nascidos juntos, nomes parecidos e documentos diferentes.",
        where(f"{_DOCUMENTS_DIFFER} AND {_KIN_WITHOUT_NUMBER}", f"coalesce({given_names.DIFFER}, false)"),
    ),
    Veto(
        "birth", "Os nascimentos são diferentes e nenhum documento seguro é comum: podem ser parentes ou homônimos.",
        where(
            "l.birth <> r.birth",
            f"coalesce({_OTHER_BIRTH}, false) AND (NOT {_SHARE_A_NUMBER} OR {_SIBLING_OF_ONE_CPF})",
        ),
    ),
    Veto(
        "cpf", "Os CPFs são diferentes.",
        "coalesce(l.cpf_right <> r.cpf_right AND damerau_levenshtein(l.cpf, r.cpf) > 2, false)",
    ),
    Veto("sex", "Os sexos são diferentes.", "coalesce(l.sex <> r.sex, false)"),
    # Not by itself: see `codes`.
    Veto(
        SURELY_TWO, "São duas pessoas: outro prenome, que não é o mesmo mal escrito nem parece nome social, ou outro"
        " prenome e também outros documentos ou outro nascimento.",
        where(_KIN_WITHOUT_NUMBER, f"coalesce({given_names.UNLIKE}, false)"),
    ),
)  # fmt: skip
# What together leaves nothing to ask.
_TOGETHER: Final = (
    frozenset({"given_name", SURELY_TWO}), frozenset({"given_name", "documents"}), frozenset({"given_name", "birth"}),
    frozenset({"twins", "documents"}),
)  # fmt: skip


def codes(held: Sequence[bool | None]) -> tuple[str, ...]:
    """The vetoes of a pair, of whether the condition of each of VETOES holds; SURELY_TWO is never the only one."""
    found = [veto.code for veto, holds in zip(VETOES, held, strict=True) if holds and veto.code != SURELY_TWO]
    hints = {*found, SURELY_TWO} if held[-1] else {*found}
    return (*found, SURELY_TWO) if any(together <= hints for together in _TOGETHER) else tuple(found)
