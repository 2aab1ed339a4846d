"""Whether two given names are one: conditions in DuckDB SQL over two weighed subjects, `l` and `r`.

A weighed subject (`workbench.weigh`) has `first`, `second` and `third`, the words of its name as written;
`tf_key_given`, the frequency of its given name; `second_given`, that of its second word as a given name (NULL where the
model does not know it as one); and `women`, the share of women among those of its given name.
"""

from collections.abc import Callable
from typing import Final

from registry.matching import slips
from registry.matching.slips import least, slip, where

# A name that fewer than one in so many people have may be two that sound alike; a second word that fewer have may be
# a surname.
_FEW: Final = 1e-4


def word(side: str, at: int) -> str:
    """A word of the name as written, from 1 to 3."""
    return f"{side}.{('first', 'second', 'third')[at - 1]}"


def _other_word(at: int) -> str:
    """The words at a place of the two names are neither one name spelled twice nor one with a slip of the finger."""
    one, other = word("l", at), word("r", at)
    return f"({least(one, other)} > 1 AND NOT {slip(one, other)})"


def _initial(side: str) -> str:
    return f"(length({word(side, 2)}) = 1)"


def _words(side: str) -> str:
    return f"len(string_split({side}.name, ' '))"


def _other_initial(side: str, other: str) -> str:
    """The second word of one name is an initial with which no word of the other begins, nor, where both have as many
    words, its second; nor a surname of the mother."""
    initial = word(side, 2)
    aligned = f"{_words(side)} = {_words(other)} AND NOT {_initial(other)} AND {initial} <> left({word(other, 2)}, 1)"
    hers = " OR ".join(
        f"contains(regexp_replace(coalesce({one}.mother, ''), '^\\S+', ''), ' ' || {initial})" for one in "lr"
    )
    absent = f"NOT contains(' ' || {other}.name, ' ' || {initial}) AND NOT ({hers})"
    return f"({_initial(side)} AND (({absent}) OR ({aligned})))"


# Surname first: the first word of each is somewhere in the other, and no word of the shorter is another name. Two
# given names exchanged are another name, which a brother may have.
_EXCHANGED: Final = (
    "coalesce(least(len(l.keys), len(r.keys)) >= 3 AND l.keys[1] = r.keys[2] AND l.keys[2] = r.keys[1]"
    " AND l.key_given <> r.key_given, false)"
)
_REORDERED: Final = f"""(list_contains(l.keys, r.key_given) AND list_contains(r.keys, l.key_given)
    AND len(list_intersect(l.keys, r.keys)) = least(len(l.keys), len(r.keys)) AND NOT {_EXCHANGED})"""


def _surname_first(one: str, other: str) -> str:
    """One name has its surname first: put last, two letters at most differ, and the given names sound alike."""
    turned = f"regexp_replace({one}.name, '^(\\S+) (.*)$', '\\2 \\1')"
    second = slip(word(one, 3), word(other, 2))
    return where(f"{one}.keys[2] = {other}.keys[1]", f"{second} AND damerau_levenshtein({turned}, {other}.name) <= 2")


def _surname_added(one: str, other: str) -> str:
    """One name begins with a word that few are given, and goes on with the first two of the other."""
    both = f"{one}.keys[2:3] = {other}.keys[1:2] AND len({other}.keys) >= 2"
    return f"coalesce({both} AND {one}.tf_key_given < {_FEW} AND {other}.tf_key_given >= {_FEW}, false)"


def far_rarer(times: int) -> str:
    """One given name is so much rarer than the other that it may be the other one misspelt.

    Twins are given names that rhyme and that few have: of two rare names, as of two common ones (Juliana, Luciana),
    each is a name.
    """
    return f"least(l.tf_key_given, r.tf_key_given) * {times} <= greatest(l.tf_key_given, r.tf_key_given)"


def misspelt(by_rarity: str) -> str:
    """One given name is the other misspelt, and rare enough for that."""
    return where(by_rarity, slips.misspelt(word("l", 1), word("r", 1)))


# A letter more or less makes another name sooner (Jovana, Jovania) than one taken for another in its place.
_LETTER_TAKEN: Final = where(
    f"length({word('l', 1)}) = length({word('r', 1)}) AND {far_rarer(30)}", slip(word("l", 1), word("r", 1))
)
_SPACE_MISPLACED: Final = "(replace(l.name, ' ', '') = replace(r.name, ' ', ''))"


def _either(of: Callable[[str, str], str]) -> str:
    return " OR ".join(of(one, other) for one, other in ("lr", "rl"))


# The words of one name are those of the other in another order, or with a space elsewhere.
_PLACED_OTHERWISE: Final = (
    f"({_REORDERED} OR {_either(_surname_first)} OR {_either(_surname_added)} OR {_SPACE_MISPLACED})"
)

_OTHER_KEY: Final = "l.key_given <> r.key_given"


def other_given_name(misspelt: str) -> str:
    """The given names are two, unless `misspelt` holds."""
    return where(f"{_OTHER_KEY} AND {_other_word(1)}", f"NOT ({misspelt} OR {_PLACED_OTHERWISE})")


def other_twins_name(misspelt: str) -> str:
    """The same of two who may be twins: of them a letter makes another name; of strangers who agree in the rest, it
    is a slip. A name that few have, spelled in two ways, may be two of them (Nolson, Nolsom)."""
    letter = where(
        f"{_OTHER_KEY} AND {least(word('l', 1), word('r', 1))} > 1",
        f"NOT ({misspelt} OR {_LETTER_TAKEN} OR {_PLACED_OTHERWISE})",
    )
    spelling = f"(l.key_given = r.key_given AND {word('l', 1)} <> {word('r', 1)} AND l.tf_key_given < {_FEW})"
    return f"({letter} OR ({spelling} AND NOT {_SPACE_MISPLACED}))"


def _of_family(side: str) -> str:
    """The second word of a name is in the mother's or the father's, but not their first: a surname."""
    second = f"{side}.keys[2]"
    mothers = " OR ".join(f"coalesce(list_contains({one}.mother_keys[2:], {second}), false)" for one in "lr")
    fathers = " OR ".join(f"coalesce(contains({one}.key_father || ' ', ' ' || {second} || ' '), false)" for one in "lr")
    return f"({mothers} OR {fathers})"


def _surname(side: str, other: str) -> str:
    """The second word of a name is a surname, for the family has it or the other name does; or the initial of one."""
    begins = f"{word(side, 2)} = left({word(other, 2)}, 1) AND {_words(side)} = {_words(other)}"
    initial = f"NOT {_initial(other)} AND {_of_family(other)} AND {begins}"
    known = f"{_of_family(side)} OR list_contains({other}.keys[2:], {side}.keys[2])"
    return f"coalesce(CASE WHEN {_initial(side)} THEN {initial} ELSE {known} END, false)"


# The second words of the two are surnames: one that both have, left out in one, or one misspelt.
_SURNAMES: Final = (
    f"(({_surname('l', 'r')} AND {_surname('r', 'l')})"
    f" OR (NOT {_initial('l')} AND NOT {_initial('r')} AND ({_of_family('l')} OR {_of_family('r')})"
    f" AND {slips.misspelt(word('l', 2), word('r', 2))}))"
)


_NUMBERED: Final = "(coalesce(l.cpf, l.rji, l.rg, r.cpf, r.rji, r.rg) IS NOT NULL)"


def _has_second(side: str, other: str) -> str:
    """The second word of a name is a given name that many have, and the other name has it nowhere."""
    given = f"len({side}.keys) >= 3 AND coalesce({side}.second_given, 0) >= {_FEW} AND NOT {_initial(side)}"
    slipped = f"({slip(word(side, 2), word(other, 2))} AND coalesce({other}.second_given, 0) < {_FEW})"
    nowhere = f"NOT list_contains({other}.keys, {side}.keys[2])"
    return where(f"{given} AND {nowhere}", f"NOT {_of_family(side)} AND NOT {slipped}")


def _second_left_out(side: str, other: str) -> str:
    """One has a second given name; the other has none, or an initial where something is known by which a human may
    tell: another last name, or a number of either, with which others can be found.

    An initial alone is left to the score: of two records without any number a human knows no more than it does.
    """
    telling = f"({_NUMBERED} OR coalesce(l.key_last <> r.key_last, true))"
    return f"({_has_second(side, other)} AND (NOT {_initial(other)} OR {telling}))"


_FIRST_OF_BOTH: Final = f"(NOT {_SPACE_MISPLACED} AND (l.key_given = r.key_given OR NOT {_other_word(1)}))"


def _any(*ways: str) -> str:
    return f"({' OR '.join(f'coalesce({way}, false)' for way in ways)})"


_TWO_SECONDS: Final = where(
    "len(l.keys) >= 3 AND len(r.keys) >= 3 AND l.keys[2] <> r.keys[2] AND NOT list_contains(r.keys[2:], l.keys[2])"
    " AND NOT list_contains(l.keys[2:], r.keys[2])",
    f"{_other_word(2)} AND NOT {_SURNAMES}",
)
# The same first name, and a second one that the other does not have: José Carlos and José Roberto.
OTHER_SECOND: Final = where(_FIRST_OF_BOTH, _any(_TWO_SECONDS, _other_initial("l", "r"), _other_initial("r", "l")))
# The same first name, and a second one that nothing shows to be of both: left out in one, an initial in one or both.
SECOND_UNTOLD: Final = where(
    _FIRST_OF_BOTH,
    _any(f"({_initial('l')} AND {_initial('r')})", _second_left_out("l", "r"), _second_left_out("r", "l")),
)


# What every pair of two given names has, and few other pairs.
OTHER_FIRST: Final = f"{word('l', 1)} <> {word('r', 1)}"
# One has a surname alone, which the other has too.
LEFT_OUT: Final = """((len(l.keys) = 1 AND list_contains(r.keys, l.key_given))
    OR (len(r.keys) = 1 AND list_contains(l.keys, r.key_given)))"""
# Mateus and Matheus, Valdir and Valmir, Roberto Paulo and Roberto P. or Roberto.
_SECOND_DIFFERS: Final = where(f"{word('l', 2)} <> {word('r', 2)}", f"NOT {_SURNAMES}")
DIFFER: Final = f"({word('l', 1)} <> {word('r', 1)} OR {_SECOND_DIFFERS})"
# Bruno and Tiago, Ana and Rita; not Bruno and Rita, one of which may be a social name.
UNLIKE: Final = (
    f"({least(word('l', 1), word('r', 1))} > 2 AND damerau_levenshtein({word('l', 1)}, {word('r', 1)}) > 2"
    " AND NOT list_contains(l.keys, r.key_given) AND NOT list_contains(r.keys, l.key_given)"
    " AND (greatest(l.women, r.women) <= 0.1 OR least(l.women, r.women) >= 0.9))"
)
