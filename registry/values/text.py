"""Comparable form of a text: the only normalisation used by search and by matching."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

PARTICLES: Final = frozenset({"DA", "DE", "DO", "DAS", "DOS", "E", "DI", "DEL", "DU"})

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`´’‘ʼʹ′"))
# Letters which NFKD does not reduce to an ASCII letter.
_UNDECOMPOSED: Final = str.maketrans(
    {"Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Æ": "AE", "Œ": "OE", "Þ": "TH", "Ħ": "H"}
)
_OUTSIDE: Final = re.compile(r"[^A-Z0-9]+")


def normalise(text: str) -> str:
    """Upper-case ASCII letters and digits, one space between words.

    Accents and apostrophes are dropped (`D'Ávila` → `DAVILA`), everything else outside A–Z and 0–9 becomes a
    space. Idempotent.
    """
    text = text.translate(_APOSTROPHES).upper()
    if not text.isascii():
        text = text.translate(_PLAIN)
        if not text.isascii():
            text = _plain(text)
    return _OUTSIDE.sub(" ", text).strip()


def _plain(text: str) -> str:
    """Upper-case text without accents and invisible marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    visible = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(visible).upper().translate(_UNDECOMPOSED)


# Every Latin letter with its accents, which is nearly all there is, in one pass.
_PLAIN: Final = {code: _plain(chr(code)) for code in range(0xC0, 0x250)}


def tokens(text: str) -> tuple[str, ...]:
    """Words of the comparable form without the particles da, de, do, das, dos, e, di, del, du."""
    return tuple(word for word in normalise(text).split() if word not in PARTICLES)
