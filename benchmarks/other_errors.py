"""What goes wrong in the second country: eyes, fingers, fields and habits, not the classes of `fictitious.noise`."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Final

from registry.matching.subjects import Source

# What an optical reader takes for what (both ways), and the neighbours of a key.
_LOOKS: Final = (
    ("M", "RN"),
    ("O", "0"),
    ("I", "L"),
    ("C", "G"),
    ("E", "F"),
    ("U", "V"),
    ("B", "8"),
    ("H", "N"),
    ("S", "5"),
)
_ROWS: Final = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_NEAR: Final = {
    key: [row[at + step] for step in (-1, 1) if 0 <= at + step < len(row)]
    for row in _ROWS
    for at, key in enumerate(row)
}
_FIELD: Final = 30  # characters of the name in the systems that truncate
_DORMANT: Final = frozenset({"DA", "DE", "DO", "DOS", "DAS"})

Error = Callable[[Random, Source], Source | None]


def ocr(rng: Random, record: Source) -> Source | None:
    """One sign of the name read as another."""
    fits = [(old, new) for pair in _LOOKS for old, new in (pair, pair[::-1]) if old in record.name[1:]]
    if not fits:
        return None
    old, new = rng.choice(fits)
    return record._replace(name=record.name[0] + record.name[1:].replace(old, new, 1))


def slip(rng: Random, record: Source) -> Source | None:
    """One key beside the right one, two exchanged, one lost or struck twice, in the name or the mother's."""
    in_mother = bool(record.mother) and rng.random() < 0.4
    text = record.mother if in_mother else record.name
    at = rng.randrange(1, len(text) - 1)
    kinds = (
        text[:at] + rng.choice(_NEAR.get(text[at], [text[at]])) + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :], text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
    )  # fmt: skip
    typed = rng.choice(kinds)
    return record._replace(mother=typed) if in_mother else record._replace(name=typed)


def truncated(rng: Random, record: Source) -> Source | None:
    """A field that ends before the name does."""
    return record._replace(name=record.name[:_FIELD].strip()) if len(record.name) > _FIELD else None


def surname_first(rng: Random, record: Source) -> Source | None:
    """The last surname written before the given name, with the comma that a system removes."""
    words = record.name.split()
    return record._replace(name=" ".join([words[-1], *words[:-1]])) if len(words) > 2 else None


def abbreviated(rng: Random, record: Source) -> Source | None:
    """Every middle name as its initial, or one of them left out."""
    words = record.name.split()
    middle = [word for word in words[1:-1] if word not in _DORMANT]
    if not middle:
        return None
    if rng.random() < 0.5:
        return record._replace(name=" ".join([words[0], *(word[0] for word in middle), words[-1]]))
    lost = rng.choice(middle)
    return record._replace(name=" ".join(word for word in words if word != lost))


def year_typed(rng: Random, record: Source) -> Source | None:
    """A digit of the year off by one, or its decade."""
    return _born(
        record, lambda born: born.replace(year=born.year + rng.choice((-10, -1, 1, 10)), day=min(born.day, 28))
    )


def day_typed(rng: Random, record: Source) -> Source | None:
    """A wrong day of the right month."""
    return _born(record, lambda born: born.replace(day=rng.randint(1, 28)))


def day_month(rng: Random, record: Source) -> Source | None:
    """Day and month exchanged."""
    if record.birth is None or record.birth.day > 12 or record.birth.day == record.birth.month:
        return None
    return _born(record, lambda born: date(born.year, born.day, born.month))


def only_year(rng: Random, record: Source) -> Source | None:
    """1 January for an unknown day."""
    return _born(record, lambda born: date(born.year, 1, 1))


def mother_maiden(rng: Random, record: Source) -> Source | None:
    """The mother without her last surname, or with one only."""
    words = record.mother.split()
    return record._replace(mother=" ".join(words[:-1])) if len(words) > 2 else None


def mother_given_only(rng: Random, record: Source) -> Source | None:
    """The mother by her given name."""
    return record._replace(mother=record.mother.split()[0]) if record.mother else None


def cpf_transposed(rng: Random, record: Source) -> Source | None:
    """Two digits of the CPF exchanged."""
    if not record.cpf:
        return None
    at = rng.randrange(9)
    digits = record.cpf
    return record._replace(cpf=digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def rg_renewed(rng: Random, record: Source) -> Source | None:
    """Another RG of the same state, after a loss."""
    return record._replace(rg=str(rng.randrange(1_000_000, 60_000_000))) if record.rg else None


def birthplace_lived(rng: Random, record: Source) -> Source | None:
    """The municipality of residence in the place of birth's."""
    return (
        record._replace(birthplace=f"{record.birthplace[:2]}{rng.randrange(100, 140):05d}")
        if record.birthplace
        else None
    )


def _born(record: Source, change: Callable[[date], date]) -> Source | None:
    return record._replace(birth=change(record.birth)) if record.birth else None


# Chance of each in a record.
CHANCES: Final[tuple[tuple[Error, float], ...]] = (
    (ocr, 0.02), (slip, 0.05), (truncated, 0.10), (surname_first, 0.01), (abbreviated, 0.06), (year_typed, 0.01),
    (day_typed, 0.01), (day_month, 0.015), (only_year, 0.015), (mother_maiden, 0.05), (mother_given_only, 0.01),
    (cpf_transposed, 0.01), (rg_renewed, 0.03), (birthplace_lived, 0.05),
)  # fmt: skip


def spoil(rng: Random, record: Source) -> tuple[Source, list[str]]:
    """The record as it was typed, and which errors struck."""
    struck = []
    for error, chance in CHANCES:
        if rng.random() < chance and (changed := error(rng, record)) is not None and changed != record:
            record = changed
            struck.append(error.__name__)
    return record, struck
