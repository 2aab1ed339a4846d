"""Reads `contract/views.csv` and `contract/domains.json` once, when first imported."""

import csv
import json
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from ingestion.contract.types import Field, FieldType, View

VERSION = 1
FOLDER = Path(__file__).resolve().parent.parent.parent / "contract"

# Parents before children, so that a load resolves most references at once.
LOAD_ORDER = (
    "vw_unidade",
    "vw_unidade_capacidade",
    "vw_preso",
    "vw_visitante",
    "vw_advogado",
    "vw_preso_documento",
    "vw_preso_nome",
    "vw_preso_sinal",
    "vw_preso_foto",
    "vw_visitante_foto",
    "vw_custodia",
    "vw_processo",
    "vw_tipificacao",
    "vw_movimentacao",
    "vw_advogado_preso",
    "vw_atendimento_advogado",
    "vw_visitante_preso",
    "vw_visita",
    "vw_trabalho_estudo",
    "vw_falta_disciplinar",
)


def _parse_type(text: str) -> tuple[FieldType, int | None, bool]:
    kind, _, length = text.rstrip(")").partition("(")
    if kind in {"varchar", "char"}:
        return FieldType.TEXT, int(length), kind == "char"
    return FieldType(kind), None, False


def _field(row: dict[str, str], domains: dict[str, str]) -> Field:
    kind, length, fixed = _parse_type(row["tipo"])
    domain = domains.get(f"{row['view']}.{row['campo']}")
    return Field(row["campo"], kind, row["obrigatorio"] == "S", domain, length, fixed)


def _read() -> dict[str, View]:
    domains: dict[str, str] = _domains()["fields"]
    with (FOLDER / "views.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    views = {}
    for name, group in groupby(rows, key=lambda row: row["view"]):
        members = list(group)
        views[name] = View(name, members[0]["descricao"], tuple(_field(row, domains) for row in members))
    return {name: views[name] for name in LOAD_ORDER}


@cache
def _domains() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads((FOLDER / "domains.json").read_text(encoding="utf-8"))
    return loaded


@cache
def domain_codes(domain: str) -> frozenset[str]:
    """The codes of a closed list."""
    return frozenset(domain_labels(domain))


def domain_labels(domain: str) -> dict[str, str]:
    """The codes of a closed list with their words in pt-BR, in the contract's order."""
    lists: dict[str, dict[str, str]] = _domains()["domains"]  # type: ignore[assignment]
    return lists[domain]


VIEWS = MappingProxyType(_read())
