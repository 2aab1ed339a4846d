"""Brazilian addresses: the parts of a line as systems write it, a legible form, and a key for "the same address".

A line is read from the outside in: CEP and state wherever they stand, then the type and name of the street, its
number, complements by their words, and of what remains the last is the municipality and the one before the district.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from registry.values import phonetics
from registry.values.address_words import COMPLEMENTS, NOWHERE, NUMBERS, STREETS, WORDS
from registry.values.mojibake import repair_mojibake
from registry.values.states import STATES
from registry.values.text import PARTICLES, normalise

_CEP: Final = re.compile(r"(?:\bCEP\b\W*)?(?<![\d.,/-])(\d{2})\.?(\d{3})-?(\d{3})(?![\d/-])", re.IGNORECASE)
# Streets of the Distrito Federal, whose codes do not repeat.
_UNIQUE: Final = frozenset({"QNM", "QNN", "QNL", "QR", "QS", "SQN", "SQS", "SHIS", "SHIN"})
_ALONE: Final = frozenset({"FUNDOS", "TERREO", "ALTOS", "SOBRADO", "PORAO", "CASA"})
_ROADS: Final = STATES | {"BR", "KM"}
_SEPARATOR: Final = re.compile(r"[,;\n|()]+|\s+[-–—]+\s*|\s*[-–—]+\s+")
_STATE: Final = re.compile(r"(?:^|[\s/,–—-]+)([A-Z]{2})\W*$")
_NO_NUMBER: Final = re.compile(r"\bS\s*/\s*N(?:[ºO°]|\b)|\bSEM\s+N(?:[ºO°]|[UÚ]MERO)", re.IGNORECASE)
_SIGN: Final = re.compile(r"\bN(?:[º°]|O|[UÚ]MERO|[UÚ]M|RO?)?[.:]?\s*(\d{1,6}(?:\s*-?\s*[A-Z]\b)?)\b")
_OUR_LADY: Final = re.compile(r"\bN(?:OSSA|SA)?\.? S(?:ENHORA|RA|A)?\.?(?= D[AEO]S? )")
_NUMBER: Final = re.compile(r"(?:N(?:O|UMERO|UM|R)? )?0*(\d{1,6}) ?([A-Z]?)")
_AT_END: Final = re.compile(r"(.*\S) (?:N(?:O|UMERO|UM|R)? )?0*(\d{1,6}) ?([A-Z]?)")
_VALUE: Final = re.compile(r"[A-Z]{0,2}\d{1,5}[A-Z]?|[A-Z]")
_ZEROS: Final = re.compile(r"\b0+(?=\d)")
_COUNTRIES: Final = frozenset({"BRASIL", "BRAZIL", "BR"})
NO_NUMBER: Final = "SN"


@dataclass(frozen=True, slots=True)
class Address:
    """Parts of an address in comparable form; None is unknown. `raw` is the line as received, and stays out of repr.

    `number` is NO_NUMBER where the line says that there is none; `complement` holds pairs in the order of the line:
    `("QUADRA 4", "LOTE 12")`; `cep` has eight digits.
    """

    raw: str = field(repr=False)
    street_type: str | None = field(default=None, repr=False)
    street: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    complement: tuple[str, ...] = field(default=(), repr=False)
    district: str | None = field(default=None, repr=False)
    municipality: str | None = field(default=None, repr=False)
    uf: str | None = None
    cep: str | None = field(default=None, repr=False)


def parse(text: str) -> Address:
    """The parts of a line. Never raises: what is not understood is None, and of no address every part is."""
    plain = repair_mojibake(text).upper()
    if normalise(plain) in NOWHERE:
        return Address(text)
    cep, rest = _take_cep(plain)
    uf, rest = _take_state(_OUR_LADY.sub("NOSSA SENHORA", _NO_NUMBER.sub(f", {NO_NUMBER}, ", rest)))
    segments = [part for part in map(normalise, _SEPARATOR.split(_SIGN.sub(r", \1 ,", rest))) if part]
    segments = [part for part in segments if part not in _COUNTRIES]
    if not segments:
        return Address(text, uf=uf, cep=cep)
    first, number, inside = _street(segments[0], any(_NUMBER.fullmatch(part) for part in segments[1:]))
    kind, street = _typed(first)
    found, complement, others = _rest(segments[1:])
    district, municipality = _places(others, known_state=uf is not None)
    return Address(text, kind, street, number or found, (*inside, *complement), district, municipality, uf, cep)


def normalised(text: str) -> str:
    """The line in one form: `R. Cel. Paranhos nº 12 - Maceió/AL` → `RUA CORONEL PARANHOS, 12, MACEIO, AL`.

    Empty for no address. Reading it again gives the same parts.
    """
    found = parse(text)
    street = " ".join(filter(None, (found.street_type, found.street)))
    parts = (street, found.number, *found.complement, found.district, found.municipality, found.uf, found.cep)
    return ", ".join(filter(None, parts))


def key(text: str, place: str | None = None) -> str | None:
    """A key that two lines share when they are one address, or None if the line does not tell one door from others.

    Street type (none is a *rua*), street by sound, number, complement and municipality with state; the CEP stands for
    a missing municipality, and `place` for both. Streets called by a letter or a figure repeat in every settlement:
    they need the district. Without a number, or a lot or house of a named block,
    there is no key.
    """
    found = parse(text)
    if not found.street or not _has_door(found):
        return None
    where = _sound(found.municipality) if found.municipality else found.cep or (_sound(place) if place else None)
    if not where:
        return None
    street = _sound(found.street)
    if len(street) < 4 and found.street_type not in _UNIQUE:
        if not found.district:
            return None
        street = f"{street}@{_sound(found.district)}"
    number = "" if found.number in (None, NO_NUMBER) else found.number
    parts = (found.uf or "", where, found.street_type or "RUA", street, number, *sorted(found.complement))
    return "|".join(part or "" for part in parts)


def _has_door(found: Address) -> bool:
    if found.number not in (None, NO_NUMBER):
        return True
    kinds = {part.split()[0] for part in found.complement if " " in part}
    return bool(kinds & {"LOTE", "CASA"}) and bool((kinds | {found.street_type}) & ({"QUADRA", "CONJUNTO"} | _UNIQUE))


def _sound(text: str) -> str:
    words = (word for word in text.split() if word not in PARTICLES)
    return " ".join(phonetics.key(word) if len(word) > 2 and word.isalpha() else word for word in words)


def _take_cep(text: str) -> tuple[str | None, str]:
    found = _CEP.search(text)
    return ("".join(found.groups()), _CEP.sub(" , ", text, count=1)) if found else (None, text)


def _take_state(text: str) -> tuple[str | None, str]:
    """The state at the end, and the text without it. `RUA X, AL` is read as Alagoas, not as an alameda."""
    shown = text.rstrip(" ,.-–—/")
    for country in _COUNTRIES:
        shown = shown.removesuffix(country).rstrip(" ,.-–—/") if shown.endswith(f" {country}") else shown
    found = _STATE.search(shown)
    if found and found[1] in STATES and found.start() > 0:
        return found[1], shown[: found.start()]
    return None, shown


def _street(segment: str, numbered: bool) -> tuple[str, str | None, tuple[str, ...]]:
    """Type and name of the street; its number, if the segment ends in one that is no name; complements after it.

    `RUA 15` is a street; `RUA 15 20` is number 20 of it, and so is `RUA 15` of a line with its number elsewhere.
    """
    words = segment.split()
    least = 2 if words[0] in STREETS else 0
    at = next((n for n in range(least, len(words)) if _opens_complement(words[n:])), len(words))
    inside, (segment, words) = _complements(words[at:]), (" ".join(words[:at]), words[:at])
    found = _AT_END.fullmatch(segment)
    if numbered or not found or (least and len(words) == 2) or words[-2] in PARTICLES | _ROADS:
        return segment, None, inside
    return found[1], found[2] + found[3], inside


def _typed(segment: str) -> tuple[str | None, str | None]:
    words = segment.split()
    kind = STREETS.get(words[0]) if words[1:] else None
    name = words[1:] if kind else words
    return kind, " ".join(_legible(name)) or None


def _legible(words: Iterable[str]) -> list[str]:
    return [_ZEROS.sub("", NUMBERS.get(word, WORDS.get(word, word))) for word in words]


def _rest(segments: Iterable[str]) -> tuple[str | None, list[str], list[str]]:
    """Number, complements, and what is neither."""
    number: str | None = None
    complements: list[str] = []
    others: list[str] = []
    for segment in segments:
        words = segment.split()
        if number is None and segment == NO_NUMBER:
            number = NO_NUMBER
        elif number is None and (found := _NUMBER.fullmatch(segment)):
            number = found[1] + found[2]
        elif number is None and (found := _NUMBER.fullmatch(words[0])) and _opens_complement(words[1:]):
            number = found[1] + found[2]
            complements += _complements(words[1:])
        elif _opens_complement(words):
            complements += _complements(words)
        elif words[0] == "BAIRRO" and len(words) > 1:
            others.append(" ".join(_legible(words[1:])))
        else:
            others.append(" ".join(_legible(words)))
    return number, complements, others


def _opens_complement(words: list[str]) -> bool:
    """A word of complements with its value; fundos and its like have none. `CASA AMARELA` is a district."""
    if not words or words[0] not in COMPLEMENTS:
        return False
    return bool(_VALUE.fullmatch(words[1])) if len(words) > 1 else COMPLEMENTS[words[0]] in _ALONE


def _complements(words: list[str]) -> tuple[str, ...]:
    """`QD 4 LT 012` → `QUADRA 4`, `LOTE 12`."""
    found: list[str] = []
    for word in words:
        if word in COMPLEMENTS:
            found.append(COMPLEMENTS[word])
        elif found:
            found[-1] += f" {_ZEROS.sub('', word)}"
        else:
            found.append(word)
    return tuple(found)


def _places(others: list[str], *, known_state: bool) -> tuple[str | None, str | None]:
    """District and municipality: with a state the last is the municipality; a lone one without state is a district."""
    if not others:
        return None, None
    if len(others) == 1:
        return (None, others[0]) if known_state else (others[0], None)
    return others[-2], others[-1]
