"""Portuguese phonetic key of a word of a personal name: one key for search and for matching.

Two spellings which a Brazilian clerk may write for one spoken name have one key. The rules are ours; the
measurements behind them are in docs/phonetics.md and guarded by tests/registry/values/test_phonetics.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from registry.values.text import normalise, tokens

_CACHED_WORDS: Final = 50_000

# (pattern, replacement, why), applied in this order to the comparable form.
RULES: Final[tuple[tuple[str, str, str], ...]] = (
    (r"[^A-Z]", "", "digits and spaces have no sound"),
    (r"C(AO|OES)$", r"SS\1", "lost cedilla: CONCEICAO, ASSUNCAO"),
    (r"^GONC", "GONSS", "lost cedilla: GONCALVES"),
    (r"^(LO|LOU|FLO)RENC", r"\1RENSS", "lost cedilla: LOURENCO"),
    (r"^(MENDO|FRA|BRAGA|ESPERA|CONSTA|VALE|PROE)NC(A)$", r"\1NSS\2", "lost cedilla: MENDONCA, FRANCA"),
    (r"^FACANH", "FASSANH", "lost cedilla: FACANHA"),
    (r"Y", "I", "Y sounds as I"),
    (r"^IGN", "IN", "mute G: IGNACIO, INACIO"),
    (r"CH([RLT])", r"K\1", "Greek CH: CHRISTIANE, CLOTILDE"),
    (r"[CS]H", "X", "CH and SH sound as X"),
    (r"PH", "F", "PHELIPE, FELIPE"),
    (r"([RTJKLNDBMPGV])H", r"\1", "ornamental H, and LH, NH which clerks drop"),
    (r"H", "", "H is mute"),
    (r"^DJ", "J", "DJALMA, JALMA"),
    (r"^S([BCDFGKLMNPQRTVX])", r"ES\1", "Portuguese has no initial S + consonant: STEFANI, ESTEFANI"),
    (r"^(KN|PN|PS)", "N", "initial consonant pairs of foreign names"),
    (r"^W", "V", "WAGNER, VAGNER"),
    (r"^U([AEIO])", r"V\1", "UESLEI, WESLEI"),
    (r"([AEIO])W([AEIOU])", r"\1U\2", "W between vowels is a glide: KAWAN, KAUAN"),
    (r"W", "V", "OSWALDO, OSVALDO"),
    (r"GU([EI])", r"9\1", "mute U: keeps the hard G apart from the next rule"),
    (r"G([EI])", r"J\1", "GEFERSON, JEFERSON"),
    (r"9", "G", "hard G again"),
    (r"QU([EIAO])", r"K\1", "QUEIROZ, KEIROZ"),
    (r"S?C([EI])", r"SS\1", "C and SC before E, I sound as SS"),
    (r"CK", "K", "ERICK, ERIK"),
    (r"CT", "T", "mute C: VICTOR, VITOR"),
    (r"PT", "T", "mute P: BAPTISTA, BATISTA"),
    (r"[CQ]", "K", "KARLOS, CARLOS"),
    (r"MPS", "NS", "SIMPSON, SINSON"),
    (r"NG([TS])", r"N\1", "WASHINGTON, WASHINTON"),
    (r"X|Z", "S", "X and Z are written for S: LUIZ, LUIS; TEIXEIRA, TEISEIRA"),
    (r"SS+", "S", "SS sounds as S"),
    (r"([BDFGJKLMNPRTV])\1+", r"\1", "doubled consonants"),
    (r"M$", "N", "final nasal: ADAM, ADAN"),
    (r"M([^AEIOU])", r"N\1", "nasal before a consonant"),
    (r"L([^AEIOU])", r"U\1", "L at the end of a syllable sounds as U"),
    (r"L$", "U", "ISRAEL, ISRAEU"),
    (r"OU", "O", "SOUZA, SOZA"),
    (r"EI", "E", "FERREIRA, FERRERA"),
    (r"[EI]+", "I", "unstressed E sounds as I: FELIPE, FILIPE"),
    (r"[OU]+", "U", "unstressed O sounds as U: MANOEL, MANUEL"),
    (r"A+", "A", "doubled A"),
    (r"([A-Z])\1+", r"\1", "what the rules above have brought together"),
)

_COMPILED: Final = tuple((re.compile(pattern), replacement) for pattern, replacement, _ in RULES)


@lru_cache(maxsize=_CACHED_WORDS)
def key(token: str) -> str:
    """Phonetic key of one word: upper-case letters, never empty unless the word has no letter or digit.

    A word without any sounding letter (an initial H, a number) is its own key.
    """
    word = sound = normalise(token)
    for pattern, replacement in _COMPILED:
        sound = pattern.sub(replacement, sound)
    return sound or word


def keys(name: str) -> tuple[str, ...]:
    """Phonetic keys of the words of a name, in order, without particles."""
    return tuple(key(token) for token in tokens(name))
