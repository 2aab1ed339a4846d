"""What is compared of two records, from the strongest agreement to none, each with its words for people.

One table makes Splink's settings and explains its scores. Conditions are DuckDB SQL over the columns of
`subjects.Subject` with `_l` and `_r`; the first that holds is the level of the pair, `else` when none does, and a
feature that either record lacks says nothing. After the prototype measured in docs/matching.md.
"""

from typing import Final, NamedTuple


class Level(NamedTuple):
    """One degree of agreement.

    `tf` is the column whose frequency in the base makes an agreement count for less or more (José Silva against a
    rare name). `u` is the chance of the level among strangers where it is too small to be sampled: it is not trained.
    """

    code: str
    text: str
    sql: str = "ELSE"
    tf: str | None = None
    u: float | None = None


class Feature(NamedTuple):
    """One thing compared. `unknown` is the condition under which it says nothing."""

    code: str
    label: str
    unknown: str
    levels: tuple[Level, ...]


def _similar(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _one_edit(column: str) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r) <= 1"


def _words_of_both(keys: str) -> str:
    return f"len(list_intersect({keys}_l, {keys}_r))"


def _contained(keys: str) -> str:
    return f"{_words_of_both(keys)} = least(len({keys}_l), len({keys}_r))"


_ELSE: Final = Level("different", "diferente")
_TWO_WORDS: Final = f"{_words_of_both('keys')} >= 2"
_SAME_RG: Final = "(rg_l = rg_r AND coalesce(rg_uf_l = rg_uf_r, true))"
# Numbers of two states, or of unknown ones, differ between any two people and most records of one.
_RG_SAYS_NOTHING: Final = f"{_missing('rg')} OR (coalesce(rg_uf_l <> rg_uf_r, true) AND NOT {_SAME_RG})"

FEATURES: Final[tuple[Feature, ...]] = (
    Feature("name", "Nome", _missing("name"), (
        Level("equal", "igual", _same("name"), tf="name"),
        Level("sounds", "soa igual", _same("key_name"), tf="key_name"),
        Level("alias", "é o outro nome do outro", "name_l = alias_r OR alias_l = name_r", u=1e-6),
        Level("contained", "um contém o outro",
              f"key_given_l = key_given_r AND {_TWO_WORDS} AND {_contained('keys')}", tf="key_given"),
        Level("reordered", "as mesmas palavras em outra ordem", _same("key_words"), tf="key_words"),
        Level("close", "muito parecido", _similar("name", 0.94)),
        Level("ends", "primeiro e último iguais", _same("key_ends"), tf="key_ends"),
        Level("given_and_surname", "prenome e um sobrenome iguais",
              f"key_given_l = key_given_r AND {_TWO_WORDS}", tf="key_given"),
        Level("words", "todas as palavras de um no outro", f"{_TWO_WORDS} AND {_contained('keys')}"),
        Level("similar", "parecido", _similar("name", 0.86)),
        Level("given", "só o prenome igual", _same("key_given"), tf="key_given"),
        _ELSE,
    )),
    Feature("mother_name", "Nome da mãe", _missing("mother"), (
        Level("equal", "igual", _same("mother"), tf="mother"),
        Level("sounds", "soa igual", _same("key_mother"), tf="key_mother"),
        Level("contained", "um contém o outro",
              f"key_mother_given_l = key_mother_given_r AND {_contained('mother_keys')}", tf="key_mother_given"),
        Level("close", "muito parecido", _similar("mother", 0.94)),
        Level("ends", "primeiro e último iguais", _same("key_mother_ends"), tf="key_mother_ends"),
        Level("given_and_surname", "prenome e um sobrenome iguais",
              f"key_mother_given_l = key_mother_given_r AND {_words_of_both('mother_keys')} >= 2",
              tf="key_mother_given"),
        Level("similar", "parecido", _similar("mother", 0.86)),
        Level("given", "só o prenome igual", _same("key_mother_given"), tf="key_mother_given"),
        _ELSE,
    )),
    Feature("birth_date", "Nascimento", _missing("birth"), (
        Level("equal", "igual", _same("birth"), tf="birth"),
        Level("swapped", "dia e mês trocados",
              "year_l = year_r AND birth_l[5:6] = birth_r[7:8] AND birth_l[7:8] = birth_r[5:6]"),
        Level("first_january", "1º de janeiro do mesmo ano",
              "year_l = year_r AND (birth_l[5:8] = '0101' OR birth_r[5:8] = '0101')"),
        Level("one_digit", "um algarismo diferente", _one_edit("birth")),
        Level("year", "mesmo ano", _same("year")),
        Level("two_years", "até dois anos de diferença", "abs(year_l - year_r) <= 2"),
        _ELSE,
    )),
    Feature("cpf", "CPF", _missing("cpf"), (
        Level("equal", "igual", _same("cpf"), u=1e-7),
        Level("one_digit", "um algarismo diferente", _one_edit("cpf"), u=1e-6),
        Level("two_digits", "dois algarismos diferentes", "damerau_levenshtein(cpf_l, cpf_r) <= 2", u=3e-6),
        _ELSE,
    )),
    Feature("rji", "RJI", _missing("rji"), (
        Level("equal", "igual", _same("rji"), u=1e-7),
        _ELSE,
    )),
    Feature("rg", "RG", _RG_SAYS_NOTHING, (
        Level("equal", "igual", f"{_SAME_RG} AND rg_uf_l = rg_uf_r", u=1e-6),
        Level("number", "igual, de UF não informada", _SAME_RG, u=1e-5),
        Level("one_digit", "um algarismo diferente", _one_edit("rg"), u=1e-6),
        _ELSE,
    )),
    Feature("oab", "Advocacia", _missing("name"), (
        Level("equal", "mesma inscrição na OAB", _same("oab"), u=1e-7),
        Level("both", "ambos advogados", _same("lawyer")),
        Level("different", "não são ambos advogados"),
    )),
    Feature("birthplace", "Naturalidade", _missing("birthplace"), (
        Level("equal", "igual", _same("birthplace"), tf="birthplace"),
        Level("state", "mesma UF", "birthplace_l[1:2] = birthplace_r[1:2]"),
        _ELSE,
    )),
    Feature("father_name", "Nome do pai", _missing("key_father"), (
        Level("sounds", "soa igual", _same("key_father"), tf="key_father"),
        Level("given", "só o prenome igual", _same("key_father_given"), tf="key_father_given"),
        _ELSE,
    )),
    Feature("agnome", "Agnome", "agnome_l IS NULL AND agnome_r IS NULL", (
        Level("equal", "igual", _same("agnome")),
        Level("one_has", "só um tem", "agnome_l IS NULL OR agnome_r IS NULL"),
        _ELSE,
    )),
    Feature("sex", "Sexo", _missing("sex"), (
        Level("equal", "igual", _same("sex")),
        _ELSE,
    )),
)  # fmt: skip

# Columns whose values' frequencies weigh an agreement.
FREQUENCIES: Final = tuple(
    dict.fromkeys(level.tf for feature in FEATURES for level in feature.levels if level.tf is not None)
)
_BY_CODE: Final = {feature.code: feature for feature in FEATURES}


def explain(feature: str, outcome: str) -> tuple[str, str]:
    """A reason in words: `("birth_date", "swapped")` → `("Nascimento", "dia e mês trocados")`. Raises KeyError."""
    found = _BY_CODE[feature]
    return found.label, next((level.text for level in found.levels if level.code == outcome), "sem informação")
