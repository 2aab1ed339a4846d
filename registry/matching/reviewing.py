"""When a pair needs two people, and what their votes come to. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# A merge that gathers this many registrations is worth a second look: honest persons have few.
MANY_RECORDS: Final = 8
_PRISONER, _LAWYER = "P", "L"


class Risk(StrEnum):
    """Why joining the two would be costly if it were wrong."""

    VETO = "veto"
    CUSTODY = "custody"
    LAWYER = "lawyer"
    MANY = "many"
    CONTRADICTION = "contradiction"


TEXTS: Final[dict[Risk, str]] = {
    Risk.VETO: "Há um impedimento para juntar sem uma pessoa.",
    Risk.CUSTODY: "Um dos dois está sob custódia agora.",
    Risk.LAWYER: "De um lado há preso, do outro advogado.",
    Risk.MANY: f"A pessoa reuniria {MANY_RECORDS} registros ou mais.",
    Risk.CONTRADICTION: "Outro julgamento diz que são pessoas diferentes.",
}


@dataclass(frozen=True, kw_only=True)
class Stakes:
    """What joining two sides would touch: the kinds of the records of each (P, V, L), how many there are in all,
    whether anybody of them is held now and whether a standing judgement keeps them apart."""

    vetoes: Sequence[str] = ()
    in_custody: bool = False
    kinds: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    records: int = 2
    contradicted: bool = False


def risks(stakes: Stakes) -> tuple[Risk, ...]:
    """Every reason for a second reviewer, in the order shown; none: one is enough."""
    left, right = stakes.kinds
    crossed = (_PRISONER in left and _LAWYER in right) or (_LAWYER in left and _PRISONER in right)
    found = {
        Risk.VETO: bool(stakes.vetoes),
        Risk.CUSTODY: stakes.in_custody,
        Risk.LAWYER: crossed,
        Risk.MANY: stakes.records >= MANY_RECORDS,
        Risk.CONTRADICTION: stakes.contradicted,
    }
    return tuple(risk for risk, holds in found.items() if holds)


class Conclusion(StrEnum):
    """What the votes of a review come to. The verdicts have the values of `registry.models.Verdict`."""

    WAITING = "waiting"
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    DISPUTED = "disputed"


def conclude(votes: Sequence[str], *, needed: int, disputed: Iterable[str] = ()) -> Conclusion:
    """Votes agree or are disputed; `disputed` are two earlier votes that did not, between which one more decides.

    The third vote wins by making a majority with one of the two; alone against both, or unsure, nothing is decided.
    Raises ValueError without votes.
    """
    if not votes:
        raise ValueError("no votes")
    if before := tuple(disputed):
        decided = votes[-1] in before and votes[-1] != Conclusion.UNSURE
        return Conclusion(votes[-1]) if decided else Conclusion.UNSURE
    if len(votes) < needed:
        return Conclusion.WAITING
    return Conclusion(votes[0]) if len(set(votes)) == 1 else Conclusion.DISPUTED
