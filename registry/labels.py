"""Words for the codes of the contract, as people read them.

Read once from `contract/`: the same files that tell states what to send tell the screen what it means.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

_CONTRACT: Final = Path(__file__).resolve().parent.parent / "contract"


class Effect(StrEnum):
    """What a movement does to where the person is (`movement_effects` of the contract)."""

    ENTRY = "ENTRADA"
    EXIT = "SAIDA"
    TEMPORARY = "TEMPORARIA"
    RETURN = "RETORNO"
    REGIME = "REGIME"
    MODALITY = "MUDANCA_MODALIDADE"
    INTERNAL = "INTERNA"
    NONE = "SEM_EFEITO"
    CORRECTION = "CORRECAO"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A code in words. `known` is False for a code outside its list: then `text` is the code as received."""

    code: str
    text: str
    known: bool = True

    def __bool__(self) -> bool:
        return bool(self.code)

    def __str__(self) -> str:
        return self.text if self.known else f"{self.text} (código da origem)"


def label(domain: str, code: str) -> Label:
    """The words of a code. An empty code is an empty label. Raises KeyError for a domain the contract lacks."""
    words = _domains()[domain]
    if not code:
        return Label("", "")
    return Label(code, words[code]) if code in words else Label(code, code, known=False)


def choices(domain: str) -> tuple[Label, ...]:
    """Every code of a domain, in the contract's order."""
    return tuple(Label(code, text) for code, text in _domains()[domain].items())


def effect(code: str) -> Effect:
    """What a movement of this code does; `Effect.UNKNOWN` for a code that no mapping knows yet."""
    return _effects().get(code, Effect.UNKNOWN)


def codes_with(*effects: Effect) -> tuple[str, ...]:
    """The movement codes that do one of these things."""
    return tuple(code for code, does in _effects().items() if does in effects)


@cache
def _domains() -> dict[str, dict[str, str]]:
    domains: dict[str, dict[str, str]] = _read("domains.json")["domains"]
    kinds: list[tuple[str, str]] = _read("codes_justice.json")["bnmp_especies_prisao"]["itens"]
    return {**domains, "especie_prisao": dict(kinds)}


@cache
def _effects() -> dict[str, Effect]:
    return {code: Effect(does) for code, does in _read("domains.json")["movement_effects"].items()}


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_CONTRACT / name).read_bytes())
    return content
