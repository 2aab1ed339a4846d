"""Mappings and sources of states that are read by their own API. Nobody here exists."""

from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

import yaml

from ingestion.mapping.reading import read
from ingestion.models import Credentials, MappingVersion, Rule, Source
from ingestion.services import sources
from ingestion.transports import rest
from ingestion.transports.base import Batch
from ingestion.transports.position import Position
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
    values = {
        "rule": Rule.API_VPN, "vpn_range": "127.0.0.0/8 10.0.0.0/8", "database": "",
        "credentials": Credentials("leitor", "senha de teste"), **fields,
    }  # fmt: skip
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


def unsaved_source(base: str, mapping: str, *, rule: int = Rule.API_VPN, **secrets: str) -> Source:
    """A source that is not in the base, for what needs no load."""
    parts = urlsplit(base)
    version = MappingVersion(pk=1, text=mapping)
    source = Source(pk=1, rule=rule, host=parts.hostname or "", port=parts.port or 443, mapping=version)
    source.seal(Credentials("leitor", "senha de teste", secrets))
    return source


def batches(source: Source, after: Position | None = None, size: int = 100) -> list[Batch]:
    """What a reading of the prisoners gives."""
    assert source.mapping
    with rest.connect(source) as connection:
        return list(connection.batches(read(source.mapping.text), "vw_preso", after, size))


def keys(given: list[Batch]) -> list[Any]:
    """The keys of all rows, in the order they came."""
    return [row[0] for batch in given for row in batch.rows]
