"""Why a person is among the results, in words an agent can check against the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.selectors.search.alignment import Alignment, How, Pair
from registry.selectors.search.bounds import days_meant
from registry.values.dates import BirthRange, swapped
from registry.values.documents import Guess
from registry.values.names import display


class ReasonKind(StrEnum):
    """What a reason is about; the label says it in words."""

    NAME = "name"  # the whole name, as it was typed
    PARTS = "parts"  # every word of it, in a longer name
    SOUND = "sound"
    NEAR = "near"
    PREFIX = "prefix"
    TOGETHER = "together"  # one word here, two there
    INITIAL = "initial"
    SWAPPED = "swapped"
    MISSING = "missing"
    OTHER_NAME = "other_name"
    MOTHER = "mother"
    MOTHER_UNKNOWN = "mother_unknown"
    FATHER = "father"
    FATHER_UNKNOWN = "father_unknown"
    BIRTH = "birth"
    BIRTH_NEAR = "birth_near"
    DOCUMENT = "document"
    DOCUMENT_NEAR = "document_near"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; `label` is Brazilian Portuguese."""

    kind: ReasonKind
    label: str


_DOCUMENTS = {"MATRICULA": "matrícula igual", "NPU": "processo igual"}
_HOW = {
    How.SOUND: (ReasonKind.SOUND, "soa igual"),
    How.NEAR: (ReasonKind.NEAR, "grafia próxima"),
    How.PREFIX: (ReasonKind.PREFIX, "começa igual"),
    How.TOGETHER: (ReasonKind.TOGETHER, "junto ou separado"),
    How.INITIAL: (ReasonKind.INITIAL, "inicial"),
}


def of_documents(guesses: Iterable[Guess]) -> Iterator[Reason]:
    """The documents that led to the person."""
    for guess in guesses:
        yield Reason(ReasonKind.DOCUMENT, _DOCUMENTS.get(guess.kind, f"{guess.kind} igual"))


def of_near_documents(guesses: Iterable[Guess]) -> Iterator[Reason]:
    """The documents, one typing error away, that led to the person."""
    for guess in guesses:
        kind = "matrícula" if guess.kind == "MATRICULA" else guess.kind
        yield Reason(ReasonKind.DOCUMENT_NEAR, f"{kind} com um dígito de diferença")


def of_name(name: Alignment | None) -> Iterator[Reason]:
    """How the best of the person's names answers the one asked for."""
    if name is None or not name.pairs:
        return
    if name.position:
        yield Reason(ReasonKind.OTHER_NAME, f"por outro nome: {display(name.name)}")
    if name.is_whole:
        yield Reason(ReasonKind.NAME, "nome igual")
    elif name.is_exact:
        yield Reason(ReasonKind.PARTS, "todas as partes do nome")
    yield from _of_pairs(name.pairs)
    if name.swapped:
        yield Reason(ReasonKind.SWAPPED, "ordem trocada")
    if name.missing:
        words = ", ".join(display(word) for word in name.missing)
        yield Reason(ReasonKind.MISSING, f"sem “{words}”")


def of_mother(mother: Alignment | None, *, asked: bool, known: bool) -> Iterator[Reason]:
    """How the mother's name answers the one asked for."""
    return _of_parent(mother, "mãe", ReasonKind.MOTHER, ReasonKind.MOTHER_UNKNOWN if asked and not known else None)


def of_father(father: Alignment | None, *, asked: bool, known: bool) -> Iterator[Reason]:
    """How the father's name answers the one asked for."""
    return _of_parent(father, "pai", ReasonKind.FATHER, ReasonKind.FATHER_UNKNOWN if asked and not known else None)


def _of_parent(found: Alignment | None, who: str, kind: ReasonKind, unknown: ReasonKind | None) -> Iterator[Reason]:
    if unknown:
        yield Reason(unknown, f"{who} não informad{'a' if kind is ReasonKind.MOTHER else 'o'}")
    elif found and found.pairs:
        yield Reason(kind, _parents_label(found, who))


def of_birth(births: Sequence[date], asked: BirthRange | None) -> Iterator[Reason]:
    """How a date of birth answers the one asked for."""
    if asked is None or not births:
        return
    if any(birth in asked for birth in births):
        yield Reason(ReasonKind.BIRTH, _birth_label(asked))
    elif any(birth in days_meant(asked) for birth in births):
        exchanged = swapped(asked.first) in births
        yield Reason(ReasonKind.BIRTH_NEAR, "dia e mês trocados" if exchanged else "só o ano igual (1º de janeiro)")
    else:
        yield Reason(ReasonKind.BIRTH_NEAR, "nascimento próximo")


def _of_pairs(pairs: Iterable[Pair]) -> Iterator[Reason]:
    for pair in pairs:
        if pair.how is not How.EXACT:
            kind, words = _HOW[pair.how]
            yield Reason(kind, f"{words}: {display(pair.asked)} / {display(pair.found)}")


def _parents_label(found: Alignment, who: str) -> str:
    if found.is_whole:
        return f"{who} igual"
    if found.missing:
        return f"{who} igual em parte"
    if any(pair.how is not How.EXACT for pair in found.pairs):
        return f"{who} {'parecida' if who == 'mãe' else 'parecido'}"
    return f"{who}: todas as partes"


def _birth_label(asked: BirthRange) -> str:
    if asked.first == asked.last:
        return "nascimento igual"
    if (asked.first.year, asked.first.month) == (asked.last.year, asked.last.month):
        return "mês e ano iguais"
    return "ano igual" if asked.first.year == asked.last.year else "nascimento no período"
