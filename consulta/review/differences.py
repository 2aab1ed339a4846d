"""Where two texts differ: by word first, then letter by letter within words that stand for each other. Pure.

Case and accents make no difference, nor does what a state writes between words; a text is shown as received.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# Words less alike than this do not stand for each other: each is marked whole.
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text; `match` is True where it is marked (the name that `components/marked.html` reads)."""

    text: str
    match: bool


Marked = tuple[Segment, ...]


def compare(one: str, other: str) -> tuple[Marked, Marked]:
    """Both texts with what the other does not have marked. A text against none is not marked at all."""
    if not one or not other:
        return _plain(one), _plain(other)
    mine, theirs = one.split(), other.split()
    left: list[Segment] = []
    right: list[Segment] = []
    matcher = SequenceMatcher(None, [_folded(w) for w in mine], [_folded(w) for w in theirs], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            left += (Segment(word, False) for word in mine[i:j])
            right += (Segment(word, False) for word in theirs[k:m])
        else:
            for words, into, against in ((mine[i:j], left, theirs[k:m]), (theirs[k:m], right, mine[i:j])):
                into += (segment for word in words for segment in _within(word, against))
    return _spaced(left, one), _spaced(right, other)


def is_same(one: str, other: str) -> bool:
    """True when nothing of the two would be marked."""
    return [_folded(word) for word in one.split()] == [_folded(word) for word in other.split()]


def _within(word: str, against: Sequence[str]) -> Iterator[Segment]:
    """The letters of a word that the most similar word of the other text lacks; the whole word when none is similar."""
    folded = _folded(word)
    rated = [(SequenceMatcher(None, folded, _folded(w), autojunk=False), w) for w in against]
    best = max(rated, key=lambda pair: pair[0].ratio(), default=None)
    if best is None or best[0].ratio() < _ALIKE or len(folded) != len(word):
        yield Segment(word, True)
        return
    for tag, i, j, _, _ in best[0].get_opcodes():
        if j > i:
            yield Segment(word[i:j], tag != "equal")


def _spaced(segments: Sequence[Segment], text: str) -> Marked:
    """The segments with the spaces of the text put back, neighbours of one kind joined."""
    found: list[Segment] = []
    place = 0
    for segment in segments:
        start = text.index(segment.text, place)
        for piece in (Segment(text[place:start], False), segment):
            if not piece.text:
                continue
            if found and found[-1].match == piece.match:
                found[-1] = Segment(found[-1].text + piece.text, piece.match)
            else:
                found.append(piece)
        place = start + len(segment.text)
    return tuple(found)


def _plain(text: str) -> Marked:
    return (Segment(text, False),) if text else ()


def _folded(text: str) -> str:
    """Without case and accents, letter for letter."""
    return "".join(kept[0] if (kept := unicodedata.normalize("NFKD", c)) else c for c in text.casefold())
