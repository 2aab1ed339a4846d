"""Portuguese phonetic key of a word of a personal name: one key for search and for matching.

Two spellings which a Brazilian clerk may write for one spoken name have one key; names which sound different
have different keys. The rules are ours, after the vowel reduction and the sibilants of Brazilian Portuguese
(Câmara Jr., Estrutura da língua portuguesa, 1970); docs/phonetics.md measures them. A change of any rule
changes stored keys: the search index must then be rebuilt.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from registry.values.text import normalise, tokens

_CACHED_WORDS: Final = 50_000

# Two more syllables: the vowel before is unstressed. Accents are gone, so this is an approximation.
_BEFORE_STRESS: Final = r"(?=[^AEIOU]+[AEIOU]+[^AEIOU]+[AEIOU])"

# (pattern, replacement, why), applied in this order to the comparable form. SS stands for the sound of S in
# "sapo", Z for that in "casa", 8 for that of CH, 9 for the hard G before E and I.
RULES: Final[tuple[tuple[str, str, str], ...]] = (
    (r"[^A-Z]", "", "digits have no sound"),
    (r"^RACHEL", "RAKEL", "RACHEL is RAQUEL"),
    (r"^DAVID$", "DAVI", "DAVID is DAVI"),
    (r"^LOURD", "LURD", "LOURDES is LURDES"),
    (r"^TEX(?=EI)", "TEIX", "TEXEIRA is TEIXEIRA"),
    (r"C(?=AO$|OES$)", "SS", "lost cedilla: CONCEICAO, ASSUNCAO"),
    (r"^(GON|LOREN|LOUREN|FLOREN)C(?=[AO])", r"\1SS", "lost cedilla: GONCALVES, LOURENCO"),
    (r"^(MENDON|FRAN|BRAGAN|ESPERAN|CONSTAN|VALEN|PROEN)CA$", r"\1SSA", "lost cedilla: MENDONCA"),
    (r"^FACANH", "FASSANH", "lost cedilla: FACANHA"),
    (r"Y", "I", "KELLY, KELLI"),
    (r"^IGN", "IN", "IGNACIO, INACIO"),
    (r"CH(?=[RLT])", "K", "CHRISTIANE, CRISTIANE"),
    (r"SCH|[CS]H", "8", "SHEILA, CHEILA"),
    (r"PH", "F", "PHELIPE, FELIPE"),
    (r"H", "", "HELIO, ELIO; clerks also drop it from LH and NH"),
    (r"^DJ", "J", "DJALMA, JALMA"),
    (r"^S(?=[BDFGKLMNPQRTVW]|C[^EI])", "ES", "no Portuguese word begins so: STEFANI, ESTEFANI"),
    (r"^(W|U(?=[AEIO]))", "V", "WESLEY, UESLEI; WAGNER, VAGNER"),
    (r"(?<=[AEIO])W", "U", "KAWAN, KAUAN; NEWTON, NEUTON"),
    (r"W", "V", "OSWALDO, OSVALDO"),
    (r"GU(?=[EI])", "9", "GUILHERME: the U is mute and the G hard"),
    (r"G(?=[EI])", "J", "GEFERSON, JEFERSON"),
    (r"9", "G", "the hard G is free again"),
    (r"QU(?=[AEIO])", "K", "QUEIROZ, KEIROZ"),
    (r"S?C(?=[EI])", "SS", "NASCIMENTO, NACIMENTO"),
    (r"CK|[CQ]", "K", "ERICK, ERIC; CARLOS, KARLOS"),
    (r"[KP]T", "T", "VICTOR, VITOR; BAPTISTA, BATISTA"),
    (r"MP(?=S)", "N", "ASSUMPCAO, ASSUNCAO"),
    (r"NG(?=[TS])", "N", "WELLINGTON, UELINTON"),
    (r"(^|[AEO]I|[OU])X(?=[AEIOU])", r"\g<1>8", "XAVIER, PEIXOTO, ROXA: X sounds as CH"),
    (r"X", "SS", "ALEXANDRE, ALESSANDRE; MAXIMO, MASSIMO"),
    (r"(?<=[AEIOUL])S(?=[AEIOU])", "Z", "SOUSA, SOUZA; ELSA, ELZA"),
    (r"Z(?![AEIOU])", "S", "LUIZ, LUIS"),
    (r"^(ALI|GLEI|EDI|LARI|MELI|VANE|JE|ALE)Z(?=ON$|A$|I|AND)", r"\1S", "clerks halve the SS: ALISON"),
    (r"^EDI(?=[MSVZ]|NA[IL])", "ED", "the I is heard, not always written: EDISON, EDSON"),
    (r"([A-Z8])\1+", r"\1", "doubled letters: ANNA, ISAAC, JEFFERSON, BARRETTO"),
    (r"M(?![AEIOU])", "N", "JOAQUIM, JOAQUIN; SAMPAIO keeps its nasal"),
    (r"L(?![AEIOU])", "U", "MILTON, MIUTON; ISRAEL, ISRAEU"),
    (r"(?<=[A-Z])([BDFGKPT])$", r"\1I", "Brazilians add the vowel: RUTH, RUTE; ERICK, ERIQUE"),
    (r"EO$", "EU", "TADEO, TADEU"),
    (r"(?<=[A-Z]{3})EIA$", "EA", "CORREIA, CORREA; ANDREIA, ANDREA"),
    (r"E(?=S?$|[AO][A-Z])", "I", "FELIPE, FELIPI; MORAES, MORAIS; GEOVANA, GIOVANA"),
    (r"OU", "O", "LOURENCO, LORENCO; SOUZA, SOZA"),
    (r"O(?=S?$)", "U", "MARCOS, MARCUS"),
    (r"O(?=[AE])", "U", "MANOEL, MANUEL"),
    (r"(?<=[^AEIOU])E" + _BEFORE_STRESS, "I", "FELIPE, FILIPE"),
    (r"(?<=[^AEIOU])O" + _BEFORE_STRESS, "U", "JOCIMAR, JUCIMAR"),
    (r"EI(?=[^AEIOU])", "E", "FERREIRA, FERRERA"),
    (r"8", "X", "CH is free again"),
    (r"([A-Z])\1+", r"\1", "what the rules above brought together"),
)

_COMPILED: Final = tuple((re.compile(pattern), replacement) for pattern, replacement, _ in RULES)


@lru_cache(maxsize=_CACHED_WORDS)
def key(token: str) -> str:
    """Phonetic key of one word: upper-case letters; a word without sounding letters (H, 2) is its own key."""
    word = sound = normalise(token)
    for pattern, replacement in _COMPILED:
        sound = pattern.sub(replacement, sound)
    return sound or word


def keys(name: str) -> tuple[str, ...]:
    """Phonetic keys of the words of a name, in order, without particles."""
    return tuple(key(token) for token in tokens(name))
