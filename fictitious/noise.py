"""What goes wrong between a human and a record: one function per class of noise, at the rates below.

Rates are of records (of records with a CPF for the two classes that need one). They follow what is documented
of Brazilian prison bases: census of Minas Gerais 2024, SISDEPEN form 5.7, CNJ 2025 on homonyms.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fictitious import documents, tables
from fictitious.custody import Move, Registration

RATES = {
    "cpf_missing": 0.40,
    "cpf_wrong_digit": 0.015,
    "cpf_shared": 0.002,
    "mother_absent": 0.08,
    "mother_other_name": 0.05,
    "surname_dropped": 0.10,
    "day_month_swapped": 0.01,
    "born_first_january": 0.01,
    "homophone": 0.05,
    "mojibake": 0.01,
    "trailing_spaces": 0.03,
}
# Of registrations; and of changes of cell, whose code somebody typed by hand. Second registrations: see `lives`.
OTHER_RATES = {"impossible_sequence": 0.006, "unknown_code": 0.01}
# Some classes need something a record may not have; divide by the share of records that have it.
ELIGIBLE = {"surname_dropped": 0.88, "day_month_swapped": 0.36, "mojibake": 0.24}
NOT_DECLARED = ("NÃO DECLARADO", "NAO INFORMADO", "IGNORADO", "-")

SOUNDS = {a: b for pair in tables.words("homophones") for a, b in (pair.split(), pair.split()[::-1])}
SPELLINGS = (
    ("ss", "s"),
    ("i", "y"),
    ("c", "k"),
    ("f", "ph"),
    ("l", "ll"),
    ("n", "nn"),
    ("t", "th"),
    ("z", "s"),
    ("e", "i"),
)


@dataclass(slots=True)
class Identity:
    """The identity a clerk typed; `relative_cpf` is the number of somebody near, for the class that shares one."""

    name: str
    mother: str | None
    father: str | None
    born: date
    cpf: str | None
    mother_other: str = ""
    relative_cpf: str | None = None


def cpf_missing(rng: Random, who: Identity) -> bool:
    who.cpf = None
    return True


def cpf_wrong_digit(rng: Random, who: Identity) -> bool:
    if who.cpf:
        who.cpf = documents.wrong_cpf(rng, who.cpf)
    return who.cpf is not None


def cpf_shared(rng: Random, who: Identity) -> bool:
    if who.cpf and who.relative_cpf:
        who.cpf = who.relative_cpf
        return True
    return False


def mother_absent(rng: Random, who: Identity) -> bool:
    who.mother = None if rng.random() < 0.5 else rng.choice(NOT_DECLARED)
    return True


def mother_other_name(rng: Random, who: Identity) -> bool:
    """Maiden for married name or the reverse; a mother of one name loses her last."""
    if not who.mother:
        return False
    words = who.mother.split()
    if who.mother_other not in ("", who.mother):
        who.mother = who.mother_other
        return True
    if len(words) < 3:
        return False
    kept = words[:-1]
    who.mother = " ".join(kept[:-1] if kept[-1].islower() else kept)
    return True


def surname_dropped(rng: Random, who: Identity) -> bool:
    """A middle word left out or written as an initial."""
    words = who.name.split()
    middle = [at for at in range(1, len(words) - 1) if len(words[at]) > 3]
    if not middle:
        return False
    at = rng.choice(middle)
    if rng.random() < 0.5:
        words[at] = words[at][0] + "."
    else:
        del words[at]
    who.name = " ".join(word for n, word in enumerate(words) if n < len(words) - 1 or len(word) > 1)
    return True


def day_month_swapped(rng: Random, who: Identity) -> bool:
    born = who.born
    if born.day > 12 or born.day == born.month:
        return False
    who.born = date(born.year, born.day, born.month)
    return True


def born_first_january(rng: Random, who: Identity) -> bool:
    who.born = date(who.born.year, 1, 1)
    return True


def homophone(rng: Random, who: Identity) -> bool:
    """A name spelled as it sounds (Souza/Sousa, Thiago/Tiago)."""
    words = who.name.split()
    known = [at for at, word in enumerate(words) if word in SOUNDS]
    if known:
        at = rng.choice(known)
        words[at] = SOUNDS[words[at]]
    else:
        words[0] = _misspelled(rng, words[0])
    changed, who.name = who.name, " ".join(words)
    return changed != who.name


def _misspelled(rng: Random, word: str) -> str:
    fits = [(old, new) for old, new in SPELLINGS if re.search(f"(?<=.){old}", word)]
    if not fits:
        return word + word[-1]
    old, new = rng.choice(fits)
    return re.sub(f"(?<=.){old}", new, word, count=1)


def mojibake(rng: Random, who: Identity) -> bool:
    """UTF-8 read as Latin-1 by some old importer; only where the result is printable (á é ã ç …)."""
    garbled = garble(who.name)
    if garbled is None or garbled == who.name:
        return False
    who.name = garbled
    return True


def garble(text: str) -> str | None:
    """`text` as a Latin-1 reader sees its UTF-8 bytes, or None if it would have control characters."""
    raw = text.encode("utf-8")
    return None if any(0x80 <= byte < 0xA0 or byte == 0xAD for byte in raw) else raw.decode("latin-1")


def trailing_spaces(rng: Random, who: Identity) -> bool:
    if rng.random() < 0.5:
        who.name += " " * rng.randint(1, 4)
    else:
        who.name = who.name.replace(" ", "  ", 1)
    return True


def impossible_sequence(registration: Registration) -> bool:
    """Movements that cannot have happened so: an event after death, or an exit nobody entered for."""
    moves = registration.moves
    if registration.died:
        moves.append(Move("SAI_TEMP", moves[-1].at + timedelta(hours=5), origin=moves[-1].origin))
        return True
    del moves[:1]
    return bool(moves)


CLASSES: tuple[Callable[[Random, Identity], bool], ...] = (
    cpf_missing, cpf_wrong_digit, cpf_shared, mother_other_name, mother_absent, surname_dropped,
    day_month_swapped, born_first_january, homophone, mojibake, trailing_spaces,
)  # fmt: skip


def blur(rng: Random, who: Identity, spare: tuple[str, ...] = ()) -> list[str]:
    """Make the identity as dirty as records are; the classes that struck. `spare` names classes that cannot."""
    struck = []
    for act in CLASSES:
        label = act.__name__
        if rng.random() < CHANCES[label] and label not in spare and act(rng, who):
            struck.append(label)
    return struck


CHANCES = {label: rate / ELIGIBLE.get(label, 1.0) for label, rate in RATES.items()}
