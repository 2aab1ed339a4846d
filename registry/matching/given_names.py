"""Whether two given names are one: conditions in DuckDB SQL over two weighed subjects, `l` and `r`.

A weighed subject (`workbench.weigh`) has `tf_key_given`, the frequency of its given name, `second_given`, that of its
second word as a given name (NULL where the model does not know it as one), and `women`, the share of women among
those of its given name.
"""

from collections.abc import Callable
from typing import Final

# A name that fewer than one in so many people have may be two that sound alike; a second word that fewer have may be
# a surname.
_FEW: Final = 1e-4
_FEW_SECOND: Final = 1e-3


def word(side: str, at: int) -> str:
    """A word of the name as written, from 1."""
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
    one, other = word("l", at), word("r", at)
    return f"({_least(one, other)} > 1 AND NOT {_slip(one, other)})"


def _initial(side: str) -> str:
    return f"(length({word(side, 2)}) = 1)"


def _words(side: str) -> str:
    return f"len(string_split({side}.name, ' '))"


def _other_initial(side: str, other: str) -> str:
    """The second word of one name is an initial with which no word of the other begins, nor, where both have as many
    words, its second."""
    initial = word(side, 2)
    aligned = f"{_words(side)} = {_words(other)} AND NOT {_initial(other)} AND {initial} <> left({word(other, 2)}, 1)"
    return f"({_initial(side)} AND (NOT contains(' ' || {other}.name, ' ' || {initial}) OR ({aligned})))"


# Surname first: the first word of each is somewhere in the other, and no word of the shorter is another name. Two
# given names exchanged are another name, which a brother may have.
_EXCHANGED: Final = (
    "coalesce(least(len(l.keys), len(r.keys)) >= 3 AND l.keys[1] = r.keys[2] AND l.keys[2] = r.keys[1]"
    " AND l.key_given <> r.key_given, false)"
)
_REORDERED: Final = f"""(list_contains(l.keys, r.key_given) AND list_contains(r.keys, l.key_given)
    AND len(list_intersect(l.keys, r.keys)) = least(len(l.keys), len(r.keys)) AND NOT {_EXCHANGED})"""


def _surname_first(one: str, other: str, given: str) -> str:
    """One name has its surname first: put last, two letters at most differ, and `given` holds of the given names."""
    turned = f"regexp_replace({one}.name, '^(\\S+) (.*)$', '\\2 \\1')"
    second = _slip(word(one, 3), word(other, 2))
    return f"({given} AND {second} AND damerau_levenshtein({turned}, {other}.name) <= 2)"


def far_rarer(times: int) -> str:
    """One given name is so much rarer than the other that it may be the other one misspelt.

    Twins are given names that rhyme and that few have: of two rare names, as of two common ones (Juliana, Luciana),
    each is a name.
    """
    return f"least(l.tf_key_given, r.tf_key_given) * {times} <= greatest(l.tf_key_given, r.tf_key_given)"


def misspelt(by_rarity: str) -> str:
    """One given name is the other misspelt, and rare enough for that."""
    return f"({_misspelt(word('l', 1), word('r', 1))} AND {by_rarity})"


_RARE_SLIP: Final = f"({_slip(word('l', 1), word('r', 1))} AND {far_rarer(30)})"
_SPACE_MISPLACED: Final = "(replace(l.name, ' ', '') = replace(r.name, ' ', ''))"


def _placed_otherwise(given: Callable[[str, str], str]) -> str:
    """The words of one name are those of the other in another order, or with a space elsewhere."""
    turned = " OR ".join(_surname_first(one, other, given(one, other)) for one, other in ("lr", "rl"))
    return f"({_REORDERED} OR {turned} OR {_SPACE_MISPLACED})"


_PLACED_OTHERWISE: Final = _placed_otherwise(lambda one, other: _slip(word(one, 2), word(other, 1)))
_SOUNDING_PLACED_OTHERWISE: Final = _placed_otherwise(lambda one, other: f"{one}.keys[2] = {other}.keys[1]")


def other_given_name(misspelt: str) -> str:
    """The given names are two, unless `misspelt` holds."""
    return f"(l.key_given <> r.key_given AND {_other_word(1)} AND NOT ({misspelt} OR {_PLACED_OTHERWISE}))"


def other_twins_name(misspelt: str) -> str:
    """The same of two who may be twins: of them a letter makes another name; of strangers who agree in the rest, it
    is a slip. A name that few have, spelled in two ways, may be two of them (Nolson, Nolsom)."""
    letter = (
        f"(l.key_given <> r.key_given AND {_least(word('l', 1), word('r', 1))} > 1"
        f" AND NOT {_RARE_SLIP} AND NOT ({misspelt} OR {_SOUNDING_PLACED_OTHERWISE}))"
    )
    spelling = f"(l.key_given = r.key_given AND {word('l', 1)} <> {word('r', 1)} AND l.tf_key_given < {_FEW})"
    return f"({letter} OR ({spelling} AND NOT {_SPACE_MISPLACED}))"


def _of_family(side: str) -> str:
    """The second word of a name is in the mother's or the father's: a surname."""
    second = f"{side}.keys[2]"
    mothers = " OR ".join(f"coalesce(list_contains({one}.mother_keys, {second}), false)" for one in "lr")
    fathers = " OR ".join(
        f"contains(' ' || coalesce({one}.key_father, '') || ' ', ' ' || {second} || ' ')" for one in "lr"
    )
    return f"({mothers} OR {fathers})"


_NUMBERED: Final = "(coalesce(l.cpf, l.rji, l.rg, r.cpf, r.rji, r.rg) IS NOT NULL)"


def _has_second(side: str, other: str) -> str:
    """The second word of a name is a given name that many have, and the other name has it nowhere."""
    slip = f"({_slip(word(side, 2), word(other, 2))} AND coalesce({other}.second_given, 0) < {_FEW_SECOND})"
    return (
        f"(len({side}.keys) >= 3 AND NOT {_initial(side)} AND coalesce({side}.second_given, 0) >= {_FEW_SECOND}"
        f" AND NOT list_contains({other}.keys, {side}.keys[2]) AND NOT {_of_family(side)} AND NOT {slip})"
    )


def _second_left_out(side: str, other: str) -> str:
    """One has a second given name; the other has none, or an initial where something is known by which a human may
    tell: another last name, or a number of either, with which others can be found.

    An initial alone is left to the score: of two records without any number a human knows no more than it does.
    """
    telling = f"({_NUMBERED} OR coalesce(l.key_last <> r.key_last, true))"
    return f"({_has_second(side, other)} AND (NOT {_initial(other)} OR {telling}))"


def _first_of_both(misspelt: str) -> str:
    return f"NOT {_SPACE_MISPLACED} AND (l.key_given = r.key_given OR NOT {_other_word(1)} OR {misspelt})"


def _any(*ways: str) -> str:
    return f"({' OR '.join(f'coalesce({way}, false)' for way in ways)})"


def other_second_name(misspelt: str) -> str:
    """The same first name, and a second one that the other does not have: José Carlos and José Roberto."""
    differ = (
        f"(len(l.keys) >= 3 AND len(r.keys) >= 3 AND {_other_word(2)}"
        " AND NOT list_contains(r.keys[2:], l.keys[2]) AND NOT list_contains(l.keys[2:], r.keys[2]))"
    )
    return f"({_first_of_both(misspelt)} AND {_any(differ, _other_initial('l', 'r'), _other_initial('r', 'l'))})"


def second_name_untold(misspelt: str) -> str:
    """The same first name, and a second one that nothing shows to be of both: left out in one, an initial in
    one or both."""
    initials = f"({_initial('l')} AND {_initial('r')})"
    ways = _any(initials, _second_left_out("l", "r"), _second_left_out("r", "l"))
    return f"({_first_of_both(misspelt)} AND {ways})"


# What every pair of two given names has, and few other pairs.
OTHER_FIRST: Final = f"{word('l', 1)} <> {word('r', 1)}"
# One has a surname alone, which the other has too.
LEFT_OUT: Final = """((len(l.keys) = 1 AND list_contains(r.keys, l.key_given))
    OR (len(r.keys) = 1 AND list_contains(l.keys, r.key_given)))"""
# Mateus and Matheus, Valdir and Valmir, Roberto Paulo and Roberto P. or Roberto.
DIFFER: Final = f"({word('l', 1)} <> {word('r', 1)} OR {word('l', 2)} <> {word('r', 2)})"
# Bruno and Tiago, Ana and Rita; not Bruno and Rita, one of which may be a social name.
UNLIKE: Final = (
    f"({_least(word('l', 1), word('r', 1))} > 2 AND damerau_levenshtein({word('l', 1)}, {word('r', 1)}) > 2"
    " AND NOT list_contains(l.keys, r.key_given) AND NOT list_contains(r.keys, l.key_given)"
    " AND (greatest(l.women, r.women) <= 0.1 OR least(l.women, r.women) >= 0.9))"
)
