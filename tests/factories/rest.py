"""Mappings and sources of states that are read by their own API. Nobody here exists."""

from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

import yaml

from ingestion.models import Credentials, Rule, Source
from ingestion.services import sources
from registry.models import Origin
from tests.factories.ingestion import BY, MAPPING
from tests.factories.registry import make_origin


def api_mapping(base: str, *, api: dict[str, Any] | None = None, origin: str = "AL", **view: Any) -> str:
    """The small state's prisoners (tests.factories.ingestion) under /presos; keywords describe their view."""
    prisoners = {"endpoint": "/presos", **view, "fields": deepcopy(MAPPING["views"]["vw_preso"]["fields"])}
    whole = {**MAPPING, "origin": origin, "api": {"base": base, **(api or {})}, "views": {"vw_preso": prisoners}}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def make_api_source(base: str, mapping: str, *, origin: Origin | None = None, **fields: Any) -> Source:
    """A source of rule 3 at that address."""
    parts = urlsplit(base)
    values = {"rule": Rule.API_VPN, "credentials": Credentials("leitor", "senha de teste"), "database": "", **fields}
    return sources.create(
        origin=origin or make_origin("AL"),
        host=parts.hostname or "",
        port=parts.port or 443,
        mapping=mapping,
        by=BY,
        **values,
    )


def prisoner(cod: int, **columns: Any) -> dict[str, Any]:
    """A record as the small state's API gives it."""
    return {
        "cod": cod, "pront": f"P-{cod}", "nm": "JOSÉ INVENTADO DA SILVA", "mae": "MARIA INVENTADA",
        "nasc": "05/11/1990", "sx": "1", "gest": None, "filhos": None, "alt": f"2024-03-01T08:{cod % 60:02d}:00",
        "atv": "S", **columns,
    }  # fmt: skip
