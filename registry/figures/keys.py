"""How one count of the cube is named: figure, category, sex, regime and age band in one 32-bit number.

bits 17–22 figure · 9–16 category · 7–8 sex · 4–6 regime · 0–3 age band
"""

from typing import Final, NamedTuple

from registry.figures.declared import Sex

SEXES: Final = (Sex.MEN, Sex.WOMEN, Sex.UNKNOWN)
# Numbers of regimes, from 1; 0 stands for none that the contract knows, or for a count that has no regime.
REGIMES: Final = ("PROVISORIO", "FECHADO", "SEMIABERTO", "ABERTO", "MS_INTERNACAO", "MS_AMBULATORIAL")
CONVICTED: Final = ("FECHADO", "SEMIABERTO", "ABERTO")
# Lower bounds of the form's age bands, in full years; somebody younger or without a birth date is not informed.
AGE_FROM: Final = (18, 25, 30, 35, 46, 61, 71)
AGE_UNKNOWN: Final = len(AGE_FROM)

FIGURE_BIT, CATEGORY_BIT, SEX_BIT, REGIME_BIT = 17, 9, 7, 4


class Key(NamedTuple):
    """The parts of a key."""

    figure: int
    category: int
    sex: Sex
    regime: int = 0
    age: int = 0

    def pack(self) -> int:
        """The number that the cube stores."""
        sex = SEXES.index(self.sex)
        return (
            self.figure << FIGURE_BIT
            | self.category << CATEGORY_BIT
            | sex << SEX_BIT
            | self.regime << REGIME_BIT
            | self.age
        )


def unpack(key: int) -> Key:
    """The parts of a stored number."""
    return Key(key >> FIGURE_BIT, key >> CATEGORY_BIT & 255, SEXES[key >> SEX_BIT & 3], key >> REGIME_BIT & 7, key & 15)


def age_band(years: int | None) -> int:
    """The form's band of an age in full years, from 0; `AGE_UNKNOWN` for none and for a child's."""
    if years is None or years < AGE_FROM[0]:
        return AGE_UNKNOWN
    return max(at for at, lower in enumerate(AGE_FROM) if years >= lower)


# Upper bounds of the form's sentence brackets in days, inclusive: a month has 30 days and a year 365, as the Penal
# Code counts terms given in days (arts. 10 and 11).
MONTH, YEAR = 30, 365
SENTENCE_TO: Final = tuple(
    [6 * MONTH] + [years * YEAR for years in (1, 2, 4, 8, 15, 20, 30, 50, 100)],
)


def sentence_bracket(days: int | None) -> int:
    """The category (from 1) of a term in days; the last one is "no information"."""
    if days is None:
        return len(SENTENCE_TO) + 2
    return 1 + sum(days > upper for upper in SENTENCE_TO)
