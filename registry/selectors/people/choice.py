"""Which of several values of one fact comes first, and why.

The rule: the value that most states hold; among equals, the one updated last. A value kept as the main one of a
record goes before the "other names" that a state lists beside it. No value is dropped: the rest follow in order.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

from registry.models import Origin
from registry.selectors.provenance import Source, source_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One record's word on a fact. `main` is False for a value listed beside the record's own."""

    text: str
    origin: Origin
    at: datetime
    main: bool = True


@dataclass(frozen=True, slots=True)
class Variant:
    """A value with the states that hold it, by code, and the last time one of them updated it."""

    text: str
    sources: tuple[Source, ...]
    updated_at: datetime
    main: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The variants of a fact, best first; empty when no state informs it."""

    variants: tuple[Variant, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.variants)

    @property
    def text(self) -> str:
        """The value shown first, or empty."""
        return self.variants[0].text if self.variants else ""

    @property
    def divergent(self) -> tuple[Variant, ...]:
        """The values that disagree with the one shown first."""
        return self.variants[1:]


def choose(mentions: Iterable[Mention], now: datetime, *, same: Callable[[str], Hashable] = str) -> Choice:
    """Group mentions that are the `same` value and order the groups by the rule of this module."""
    groups: dict[Hashable, list[Mention]] = {}
    for mention in mentions:
        if mention.text:
            groups.setdefault(same(mention.text), []).append(mention)
    variants = [_variant(group, now) for group in groups.values()]
    order = sorted(variants, key=lambda v: (v.main, len(v.sources), v.updated_at, v.text), reverse=True)
    return Choice(tuple(order))


def _variant(group: list[Mention], now: datetime) -> Variant:
    """One value; among its spellings the one with more accents, which carries more, then the freshest."""
    best = max(group, key=lambda mention: (mention.main, _accents(mention.text), mention.at))
    origins = {mention.origin.code: mention.origin for mention in group}
    return Variant(
        text=best.text,
        sources=tuple(source_of(origins[code], now) for code in sorted(origins)),
        updated_at=max(mention.at for mention in group),
        main=best.main,
    )


def _accents(text: str) -> int:
    return sum(not character.isascii() for character in text)
