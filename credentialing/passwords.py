"""Passwords that are known to others are refused, by what is on this machine: nothing leaves it to be looked up."""

import hashlib
import mmap
import re
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

HASH: Final = 40
MESSAGE: Final = "Esta senha consta de vazamentos ou se deduz de uma senha comum. Escolha outra."
# What is put around a common word to make it long: digits, and marks.
_PADDING: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class BreachedPasswordValidator:
    """Refuses a password of `BREACHED_PASSWORDS_FILE`, and one that is a common one repeated, padded or both.

    The file is the ordered list of SHA-1 hashes of Have I Been Pwned, `HASH:COUNT` a line. It is searched where it
    lies, in some thirty steps. Without it the second rule still holds, by Django's list of 20,000.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if is_breached(password) or is_common(password):
            raise ValidationError(MESSAGE, code="password_breached")

    def get_help_text(self) -> str:
        return "Senhas que já vazaram não são aceitas."


def is_breached(password: str) -> bool:
    """True if the local list has the password."""
    if not settings.BREACHED_PASSWORDS_FILE:
        return False
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with (
        open(settings.BREACHED_PASSWORDS_FILE, "rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines,
    ):
        return _has(lines, wanted)


def is_common(password: str) -> bool:
    """True for a common password that was only made longer: `senhasenhasenha`, `password1234567`, `123456123456123`."""
    plain = password.lower().strip()
    words = {plain, _PADDING.sub("", plain)}
    return any(not word or _unit(word) in _common() or len(set(word)) < 4 for word in words)


def _unit(word: str) -> str:
    """What a word repeats: `abcabcab` → `abc`; the word itself if nothing."""
    for size in range(1, len(word) // 2 + 1):
        if (word[:size] * (len(word) // size + 1))[: len(word)] == word:
            return word[:size]
    return word


def _has(lines: mmap.mmap, wanted: bytes) -> bool:
    """Binary search of an ordered file by the first 40 bytes of its lines."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", 0, middle) + 1
        found = lines[start : start + HASH].upper()
        if found == wanted:
            return True
        end = lines.find(b"\n", start)
        end = len(lines) if end < 0 else end + 1
        if found < wanted:
            low = end
        else:
            high = start
    return False


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords) | {"senha", "mudar", "brasil", "policia", "penal"}
