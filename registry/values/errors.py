"""Refusal of a document number or a date typed by a person or sent by a state."""

from __future__ import annotations

from typing import Final, Literal, get_args

Reason = Literal[
    "empty", "length", "characters", "repeated", "check_digit", "state", "segment", "court", "year",
    "format", "date", "range", "area_missing", "area", "subscriber", "service",
]  # fmt: skip

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

_MESSAGES: Final[dict[Reason, str]] = {
    "empty": "não informado",
    "length": "quantidade de dígitos diferente da prevista",
    "characters": "contém caracteres não permitidos",
    "repeated": "todos os dígitos são iguais",
    "check_digit": "dígito verificador não confere",
    "state": "unidade da federação inexistente",
    "segment": "segmento do Judiciário inexistente",
    "court": "tribunal inexistente no segmento",
    "year": "ano fora do intervalo possível",
    "format": "formato não reconhecido",
    "date": "data inexistente no calendário",
    "range": "início posterior ao fim",
    "area_missing": "sem DDD",
    "area": "DDD inexistente",
    "subscriber": "não é número de celular nem de telefone fixo",
    "service": "número de serviço, não de assinante",
}


class InvalidValue(ValueError):
    """A text which is not a value of its kind.

    `reason` is one of REASONS; `message` is Brazilian Portuguese for the screen. Neither holds the text
    that was refused, so that the exception can be logged.
    """

    def __init__(self, reason: Reason) -> None:
        self.reason: Final[Reason] = reason
        self.message: Final[str] = _MESSAGES[reason]
        super().__init__(self.message)


class InvalidDocument(InvalidValue):
    """A text which is not a number of its document type."""


class InvalidPhone(InvalidValue):
    """A text which is not one Brazilian subscriber's number."""


class InvalidDate(InvalidValue):
    """A text which is not a date, or not a date interval."""


def message_of(reason: Reason) -> str:
    """Message in Brazilian Portuguese of a reason code."""
    return _MESSAGES[reason]
