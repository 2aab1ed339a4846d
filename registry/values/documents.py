"""Document types of the contract, and what an agent typed in the single search box."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from registry.values import cpf, digits, nis, npu, oab, rg, rji, voter_id
from registry.values.errors import InvalidDocument, Reason, message_of
from registry.values.names import normalise


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a state sent it, with its comparable number or the reason why it has none.

    `raw` and `number` stay out of repr, which may reach a log.
    """

    kind: str
    raw: str = field(repr=False)
    number: str | None = field(repr=False)
    reason: Reason | None

    @property
    def message(self) -> str | None:
        """Why the number was refused, in Brazilian Portuguese, or None."""
        return message_of(self.reason) if self.reason else None


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading of a search text: a document kind of PARSERS or `NOME`, and the comparable value."""

    kind: str
    value: str = field(repr=False)


def plain(raw: str) -> str:
    """Capitals and digits of a number without a rule of its own. Raises InvalidDocument: empty, repeated."""
    number = normalise(digits.strip(raw)).replace(" ", "")
    if not number:
        raise InvalidDocument("empty")
    if len(number) > 3:
        digits.refuse_repeated(number)
    return number


# Kinds of vw_preso_documento.tipo and of the columns of the contract that are documents by themselves.
PARSERS: Final[dict[str, Callable[[str], str]]] = {
    "CPF": cpf.parse,
    "CIN": cpf.parse,
    "RG": rg.parse,
    "TITULO": voter_id.parse,
    "NIS": nis.parse,
    "RJI": rji.parse,
    "NPU": npu.parse,
    "OAB": oab.parse,
    "MATRICULA": plain,
    "CTPS": plain,
    "CNH": plain,
    "RESERVISTA": plain,
    "CERTIDAO": plain,
    "SUS": plain,
    "RNM": plain,
    "PASSAPORTE": plain,
}

_DISPLAYS: Final[dict[str, Callable[[str], str]]] = {
    "CPF": cpf.display,
    "CIN": cpf.display,
    "RG": rg.display,
    "TITULO": voter_id.display,
    "NIS": nis.display,
    "RJI": rji.display,
    "NPU": npu.display,
    "OAB": oab.display,
}

_NUMBER: Final = re.compile(r"[A-Z]{0,3}\W*[0-9][0-9.\-/\s]*X?")
_FEWEST_DIGITS: Final = 4


def normalise_document(kind: str, raw: str) -> Document:
    """Document of a kind with its comparable number. Never raises: a refused number has a reason.

    A kind outside PARSERS, as a state may send before its code is mapped, is treated as a plain number.
    """
    try:
        return Document(kind, raw, PARSERS.get(kind, plain)(raw), None)
    except InvalidDocument as refusal:
        return Document(kind, raw, None, refusal.reason)


def display_document(kind: str, number: str) -> str:
    """Number given by the parser of a kind in the form in which the kind is written."""
    return _DISPLAYS.get(kind, str)(number)


def classify_query(text: str) -> tuple[Guess, ...]:
    """What an agent may have typed in the single box, the most likely reading first; empty for no text.

    A text with letters beyond those of a document is a name and only a name. Eleven digits are a CPF if its
    check digits agree, then an RJI; a court case number is nothing else; any other number is an RG, then a
    registration number.
    """
    upper = text.strip().upper()
    guesses = tuple(guess for kind in _query_kinds(upper) if (guess := _guess(kind, upper)))
    if guesses:
        return guesses[:1] if guesses[0].kind == "NPU" else guesses
    name = normalise(text)
    return (Guess("NOME", name),) if name else ()


def _query_kinds(upper: str) -> tuple[str, ...]:
    figures = sum(character in "0123456789" for character in upper)
    if upper.startswith("RG") and figures:
        return ("RG",)
    if figures >= _FEWEST_DIGITS and _NUMBER.fullmatch(upper):
        return ("NPU", "CPF", "OAB", "RJI", "RG", "MATRICULA")
    return ("OAB", "RG") if figures else ()


def _guess(kind: str, text: str) -> Guess | None:
    document = normalise_document(kind, text)
    return Guess(kind, document.number) if document.number else None
