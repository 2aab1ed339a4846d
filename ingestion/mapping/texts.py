"""Reading whole columns of text.

A column is examined as one long string first: whether anything in it needs repair costs a few scans in C, and only a
column that needs it is visited value by value.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import NoneType
from typing import Any

import orjson

from ingestion.reasons import Faults, ReasonCode
from registry.values.mojibake import may_be_misread, repair_mojibake

SEPARATOR = "\x1e"
PLAIN = {str, NoneType}
WHOLE = {int, NoneType}
PUNCTUATION = str.maketrans("", "", " .-/")


@dataclass(frozen=True)
class Cleaning:
    """What a mapping asks of every text."""

    encoding: str = "utf-8"
    trim: bool = False
    mojibake: bool = False
    not_declared: frozenset[str] = frozenset()

    def repair(self, text: str) -> str:
        """One value, trimmed and repaired as asked."""
        text = text.strip() if self.trim else text
        return repair_mojibake(text) if self.mojibake else text

    @cached_property
    def has_numeric_forms(self) -> bool:
        """True when a whole number may be the state's way of writing "not declared"."""
        return any(form.lstrip("-").isdigit() for form in self.not_declared)

    @cached_property
    def undeclared(self) -> re.Pattern[str] | None:
        """Finds such a way among values with separators around them: in a text that `_is_plain_latin`, every one."""
        forms = "|".join(map(re.escape, sorted(self.not_declared)))
        return re.compile(rf"{SEPARATOR}\s*(?:{forms})\s*{SEPARATOR}", re.IGNORECASE) if forms else None

    @cached_property
    def lengths(self) -> frozenset[int]:
        """Of the ways of writing "not declared"."""
        return frozenset(map(len, self.not_declared))

    def says_nothing(self, text: str) -> bool:
        """True for an empty text and for the state's ways of writing "not declared"."""
        return not text or text.strip().upper() in self.not_declared


@dataclass(frozen=True)
class TextColumn:
    """Converts a column of anything to clean text or None."""

    field: str
    cleaning: Cleaning
    length: int | None = None
    fixed: bool = False

    def __call__(self, values: Sequence[Any], faults: Faults) -> list[str | None]:
        texts: list[str | None]
        try:
            # Of columns with a value in every row, most are text: to join them tells.
            joined = SEPARATOR.join(values)
            texts = list(map(str.strip, values)) if self.cleaning.trim else list(values)
        except TypeError:
            kinds = set(map(type, values))
            if kinds <= WHOLE and not self.cleaning.has_numeric_forms:
                return self._fitting(whole_numbers(values), faults)
            texts = self._texts(values, kinds, faults)
            if self.cleaning.trim:
                texts = [text.strip() if text else None for text in texts]
            joined = SEPARATOR.join(filter(None, texts))
        if "" in texts:
            texts = [text or None for text in texts]
        return self._fitting(self._clean(texts, joined, faults), faults)

    def _clean(self, texts: list[str | None], joined: str, faults: Faults) -> list[str | None]:
        """Repaired, without what no database keeps and what says nothing; `joined` are the same texts."""
        given = joined
        if not joined.isascii():
            texts, joined = self._repair(texts, joined, faults)
        if "\x00" in joined:
            texts = self._refuse(texts, lambda text: "\x00" in text, faults, ReasonCode.CHARACTER)
        # A repair may leave a space at the end.
        return self._declared(texts, joined, trimmed=self.cleaning.trim and joined is given)

    def _texts(self, values: Sequence[Any], kinds: set[type], faults: Faults) -> list[str | None]:
        if kinds <= PLAIN:
            return list(values)
        if kinds <= WHOLE:
            return whole_numbers(values)
        texts: list[str | None] = []
        for row, value in enumerate(values):
            try:
                texts.append(as_text(value, self.cleaning.encoding))
            except UnicodeDecodeError:
                faults.add(row, ReasonCode.ENCODING, self.field)
                texts.append(None)
        return texts

    def _repair(self, texts: list[str | None], joined: str, faults: Faults) -> tuple[list[str | None], str]:
        if self.cleaning.mojibake and may_be_misread(joined):
            texts = [text if text is None or text.isascii() else repair_mojibake(text) for text in texts]
            joined = SEPARATOR.join(filter(None, texts))
        if not _is_encodable(joined):
            texts = self._refuse(texts, has_surrogate, faults, ReasonCode.CHARACTER)
            joined = SEPARATOR.join(filter(None, texts))
        return texts, joined

    def _refuse(self, texts: list[str | None], bad: Any, faults: Faults, code: ReasonCode) -> list[str | None]:
        kept: list[str | None] = []
        for row, text in enumerate(texts):
            refused = text is not None and bad(text)
            if refused:
                faults.add(row, code, self.field)
            kept.append(None if refused else text)
        return kept

    def _declared(self, texts: list[str | None], joined: str, *, trimmed: bool) -> list[str | None]:
        """Without the state's ways of writing "not declared"."""
        cleaning, pattern = self.cleaning, self.cleaning.undeclared
        if pattern is None:
            return texts
        if not _is_plain_latin(joined):
            upper = joined.upper()
            if not any(form in upper for form in cleaning.not_declared):
                return texts
        elif not pattern.search(f"{SEPARATOR}{joined}{SEPARATOR}"):
            return texts
        elif trimmed:
            # No letter becomes two in upper case: what is as long as no form is none.
            return [
                None if text and len(text) in cleaning.lengths and cleaning.says_nothing(text) else text
                for text in texts
            ]
        return [None if text is None or cleaning.says_nothing(text) else text for text in texts]

    def _fitting(self, texts: list[str | None], faults: Faults) -> list[str | None]:
        """Without those longer than the contract allows."""
        if not self.length:
            return texts
        limit = self.length
        try:
            if max(map(len, texts)) <= limit:  # type: ignore[arg-type]
                return texts
        except (TypeError, ValueError):  # a null among them, or nothing at all
            if max(map(len, filter(None, texts)), default=0) <= limit:
                return texts
        if self.fixed:
            texts = [text.translate(PUNCTUATION) if text and len(text) > limit else text for text in texts]
        return self._refuse(texts, lambda text: len(text) > limit, faults, ReasonCode.LENGTH)


def as_text(value: Any, encoding: str) -> str | None:
    """A driver's value as text. Whole numbers lose their decimal places. Raises UnicodeDecodeError."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode(encoding)
    if isinstance(value, float | Decimal) and value == value and value in (value // 1,):
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def whole_numbers(values: Sequence[int | None]) -> list[str | None]:
    """The numbers in decimal, all written at once."""
    if not values:
        return []
    try:
        texts = orjson.dumps(values)[1:-1].decode().split(",")
    except TypeError:  # beyond 64 bits
        return [None if value is None else str(value) for value in values]
    return [None if text == "null" else text for text in texts] if None in values else list(texts)


def _is_plain_latin(text: str) -> bool:
    """True where each letter has one upper-case form, of one letter: in Latin-1, all but ß."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return "ß" not in text


def _is_encodable(text: str) -> bool:
    """False for a text with a lone surrogate. Most texts are seen to have none without being encoded in full."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
    return True


def has_surrogate(text: str) -> bool:
    """True for half of a UTF-16 pair standing alone, which no encoding can carry."""
    return any("\ud800" <= character <= "\udfff" for character in text)
