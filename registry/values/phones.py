"""Brazilian telephone numbers in the international form of ITU-T E.164.

Ours and not the library `phonenumbers`: that one checks the same ranges, but does not add the ninth digit to a mobile
number of before 2016, nor say in words what is wrong.
"""

from __future__ import annotations

import re
from typing import Final

from registry.values.errors import InvalidPhone

# National codes in use (Anatel).
AREA_CODES: Final = frozenset({
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45,
    46, 47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83,
    84, 85, 86, 87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99,
})  # fmt: skip

_INTERNATIONAL: Final = re.compile(r"(?:00)?55(?=[1-9]{2}\d{8,9}$)")
_TRUNK: Final = re.compile(r"0(?:\d{2})?(?=[1-9]{2}\d{8,9}$)")
_EXTENSION: Final = re.compile(r"(?:RAMAL|R\.)\s*\d+\W*$")
# Toll-free and shared cost (0300, 0500, 0800, 0900), and the national numbers of companies (3003, 4003 to 4020).
_SERVICE: Final = re.compile(r"0[3589]00\d{6,7}|(?:300\d|40[012]\d)\d{4}")
_BETWEEN_NUMBERS: Final = re.compile(r"[/;,|\n]|\s+(?:E|OU)\s+", re.IGNORECASE)


def parse(raw: str, default_ddd: int | None = None) -> str:
    """`(82) 99999-1234` → `+5582999991234`. `default_ddd` completes a number written without area.

    A mobile number of before the ninth digit (Res. Anatel 553/2010) receives it. Raises InvalidPhone: empty,
    characters, length, repeated, area_missing, area, subscriber, service. Two numbers in one text are of wrong
    length: see `each_e164`.
    """
    text = _EXTENSION.sub("", raw.upper().replace("0XX", "0"))
    if re.search(r"[A-Z]{2}", text):
        raise InvalidPhone("characters")
    number = re.sub(r"[^0-9]", "", text)
    if not number:
        raise InvalidPhone("empty")
    if _SERVICE.fullmatch(number):
        raise InvalidPhone("service")
    return _complete(_national(number, default_ddd))


def e164(text: str, default_ddd: int | None = None) -> str | None:
    """What `parse` gives, or None if the text is not one Brazilian subscriber's number."""
    try:
        return parse(text, default_ddd)
    except InvalidPhone:
        return None


def each_e164(text: str, default_ddd: int | None = None) -> tuple[str, ...]:
    """The numbers of a field that holds one or several (`(82) 3221-1234 / 99999-1234`), each once, in their order.

    A later number without area has that of the one before.
    """
    found: dict[str, None] = {}
    area = default_ddd
    for part in _BETWEEN_NUMBERS.split(text):
        number = e164(part, area)
        if number:
            found[number] = None
            area = int(number[3:5])
    return tuple(found)


def _national(number: str, default_ddd: int | None) -> str:
    """Area and subscriber's number, without prefixes."""
    if len(number) > 11:
        number = _TRUNK.sub("", _INTERNATIONAL.sub("", number))
    elif len(number) > 8 and number.startswith("0"):
        number = number[1:]
    if len(number) in (8, 9):
        if default_ddd is None:
            raise InvalidPhone("area_missing")
        number = f"{default_ddd}{number}"
    if len(number) not in (10, 11):
        raise InvalidPhone("length")
    return number


def _complete(number: str) -> str:
    area, subscriber = number[:2], number[2:]
    if int(area) not in AREA_CODES:
        raise InvalidPhone("area")
    if len(set(subscriber)) == 1:
        raise InvalidPhone("repeated")
    if len(subscriber) == 8 and subscriber[0] in "6789":
        subscriber = "9" + subscriber
    is_mobile = len(subscriber) == 9 and subscriber[0] == "9"
    is_fixed = len(subscriber) == 8 and subscriber[0] in "2345"
    if not (is_mobile or is_fixed):
        raise InvalidPhone("subscriber")
    return f"+55{area}{subscriber}"
