"""Brazilian telephone numbers in the international form of ITU-T E.164."""

from __future__ import annotations

import re
from typing import Final

# National codes in use (Anatel).
AREA_CODES: Final = frozenset({
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45,
    46, 47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83,
    84, 85, 86, 87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99,
})  # fmt: skip

_INTERNATIONAL: Final = re.compile(r"(?:00)?55(?=[1-9]{2}\d{8,9}$)")
_TRUNK: Final = re.compile(r"0(?:\d{2})?(?=[1-9]{2}\d{8,9}$)")
_EXTENSION: Final = re.compile(r"(?:RAMAL|R\.)\s*\d+\W*$")


def to_e164(raw: str, area_code: int | None = None) -> str | None:
    """`(82) 99999-1234` → `+5582999991234`, or None if the text is not one Brazilian number.

    `area_code` completes a number written without one. A mobile number of before the ninth digit (Res. Anatel
    553/2010) receives it.
    """
    text = _EXTENSION.sub("", raw.upper().replace("0XX", "0"))
    if re.search(r"[A-Z]{2}", text):
        return None
    number = re.sub(r"[^0-9]", "", text)
    if len(number) > 11:
        number = _TRUNK.sub("", _INTERNATIONAL.sub("", number))
    elif len(number) == 11 and number.startswith("0"):
        number = number[1:]
    if len(number) in (8, 9) and area_code is not None:
        number = f"{area_code}{number}"
    return _complete(number)


def _complete(number: str) -> str | None:
    if len(number) not in (10, 11) or int(number[:2]) not in AREA_CODES:
        return None
    area, subscriber = number[:2], number[2:]
    if len(subscriber) == 8 and subscriber[0] in "6789":
        subscriber = "9" + subscriber
    is_mobile = len(subscriber) == 9 and subscriber[0] == "9"
    is_fixed = len(subscriber) == 8 and subscriber[0] in "2345"
    return f"+55{area}{subscriber}" if is_mobile or is_fixed else None
