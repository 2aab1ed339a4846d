"""The national data contract read as data: which views there are, their fields and closed code lists."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTRACT = Path(__file__).parent.parent / "contract"


@dataclass(frozen=True)
class Field:
    """One field of a view; `kind` is the contract's type without its length."""

    name: str
    kind: str
    length: int | None
    required: bool


@cache
def views() -> dict[str, dict[str, Field]]:
    """View → field → what the contract says of it, in the contract's order."""
    found: dict[str, dict[str, Field]] = {}
    with (CONTRACT / "views.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kind, _, length = row["tipo"].rstrip(")").partition("(")
            field = Field(row["campo"], kind, int(length) if length else None, row["obrigatorio"] == "S")
            found.setdefault(row["view"], {})[field.name] = field
    return found


@cache
def _domains() -> dict[str, dict[str, dict[str, str]]]:
    loaded: dict[str, dict[str, dict[str, str]]] = json.loads((CONTRACT / "domains.json").read_text(encoding="utf-8"))
    return loaded


def codes(domain: str) -> tuple[str, ...]:
    """The codes of a closed list."""
    return tuple(_domains()["domains"][domain])


def domain_of(view: str, field: str) -> str | None:
    """The closed list that a field's values come from, if any."""
    fields: dict[str, str] = _domains()["fields"]  # type: ignore[assignment]
    return fields.get(f"{view}.{field}")


def effect_of(movement: str) -> str:
    """What a movement does: ENTRADA, SAIDA, TEMPORARIA, RETORNO, REGIME, MUDANCA_MODALIDADE …"""
    effects: dict[str, str] = _domains()["movement_effects"]  # type: ignore[assignment]
    return effects[movement]
