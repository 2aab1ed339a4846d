"""Numbers one typing error away from one another: a digit changed, two neighbours exchanged, one lost or too many."""

from typing import Final

from registry.values import cpf, digits

_FEWEST: Final = 5  # of a shorter number nearly every other is a neighbour
_CPF_DIGITS: Final = 11
_FIGURES: Final = "0123456789"


def neighbours(number: str) -> set[str]:
    """The numbers one error away, never the number itself; of letters in it none is changed for a digit."""
    if len(number) < _FEWEST:
        return set()
    places = range(len(number))
    changed = {number[:at] + figure + number[at + 1 :] for at in places if number[at].isdigit() for figure in _FIGURES}
    exchanged = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in places[:-1]}
    lost = {number[:at] + number[at + 1 :] for at in places}
    added = {number[:at] + figure + number[at:] for at in range(len(number) + 1) for figure in _FIGURES}
    return (changed | exchanged | lost | added) - {number}


def neighbouring_cpfs(number: str) -> set[str]:
    """Valid CPFs one error away from the digits typed."""
    near = (one for one in neighbours(number) if len(one) == _CPF_DIGITS and one.isdecimal())
    return {one for one in near if digits.accepts(cpf.parse, one)}
