"""Crossings in words: what was found, never what it means."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from registry.models import CrossingKind
from senappen.lib.wording import count, day

GRAVE: Final = 80
NOTABLE: Final = 50

_MARKS: Final = {
    "across": "em estados diferentes",
    "held_now": "preso agora",
    "elsewhere": "visita em um estado e foi preso em outro",
    "same_mother": "mesmo nome de mãe: podem ser irmãos",
    "alike": "mesmo nome ou nascimento: pode ser uma só pessoa ainda não unificada",
    "crowd": "número em mais de dez pessoas: provável preenchimento",
}
_DOCUMENTS: Final = {"CPF": "mesmo CPF", "RJI": "mesmo RJI", "OAB": "mesma inscrição na OAB", "PHOTO": "mesma foto"}


def gravity(kind: CrossingKind, weight: int) -> int:
    """2 grave, 1 notable, 0 other; of those of many, by how many."""
    if kind in (CrossingKind.VISITOR_OF_MANY, CrossingKind.LAWYER_OF_MANY):
        return 0
    return 2 if weight >= GRAVE else 1 if weight >= NOTABLE else 0


def of(kind: CrossingKind, marks: Sequence[str], detail: dict[str, Any], many: tuple[int, int, int]) -> Iterator[str]:
    """The reasons of one crossing; `many` are its prisoners, states and units, for those of many."""
    match kind:
        case CrossingKind.VISITOR_PRISONER:
            yield from _visitor_prisoner(detail)
        case CrossingKind.VISITOR_OF_MANY | CrossingKind.LAWYER_OF_MANY:
            yield from _of_many(kind, detail, *many)
        case CrossingKind.LAWYER_VISITOR:
            yield f"visita {count(detail['prisoners'], 'preso', 'presos')}"
        case CrossingKind.LAWYER_PRISONER:
            yield f"atende {count(detail['prisoners'], 'preso', 'presos')}"
        case CrossingKind.SAME_PHONE:
            yield "mesmo telefone, sem outra ligação conhecida"
        case CrossingKind.SAME_ADDRESS:
            yield "mesmo endereço, sem outra ligação conhecida"
        case CrossingKind.TWO_UNITS:
            yield "duas custódias abertas em cela física"
        case CrossingKind.DEAD_DOCUMENT:
            yield f"{_DOCUMENTS[detail['document']]} de uma pessoa dada como falecida"
        case _:
            yield _DOCUMENTS[detail["document"]]
    yield from (_MARKS[mark] for mark in marks if mark in _MARKS)


def _visitor_prisoner(detail: dict[str, Any]) -> Iterator[str]:
    if times := detail["held_visits"]:
        ufs = ", ".join(detail.get("held_ufs", ()))
        last = day(date.fromisoformat(detail["held_last"]))
        yield f"{count(times, 'visita', 'visitas')} em que constava preso ({ufs}; a última em {last})"
    if mates := detail["together"]:
        yield f"visita {count(mates, 'pessoa', 'pessoas')} com quem esteve na mesma unidade"
    yield f"{count(detail['visits'], 'visita', 'visitas')} a {count(detail['prisoners'], 'preso', 'presos')}"


def _of_many(kind: CrossingKind, detail: dict[str, Any], prisoners: int, states: int, places: int) -> Iterator[str]:
    yield count(prisoners, "preso", "presos")
    if states > 1:
        yield count(states, "estado", "estados")
    if places > 1:
        yield count(places, "unidade", "unidades")
    words = ("visita", "visitas") if kind is CrossingKind.VISITOR_OF_MANY else ("atendimento", "atendimentos")
    yield f"{count(detail['contacts'], *words)} ao todo"
