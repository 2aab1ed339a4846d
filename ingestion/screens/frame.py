"""The frame of every page about one source: its head and its tabs (`templates/ingestion/_source_base.html`)."""

from typing import Any

from django.urls import reverse

from ingestion import clock
from ingestion.models import Source
from ingestion.transports.requirements import BY_SQL
from registry.selectors.provenance import source_of
from senappen.lib.wording import ago

# A page about a source: its name for `source_frame`, the word on the tab, the name of its address (which takes `code`).
TABS = (
    ("status", "Situação", "ingestion:source"),
    ("quarantine", "Quarentena", "ingestion:quarantine"),
    ("quality", "Qualidade", "ingestion:quality"),
    ("codes", "Códigos sem mapeamento", "ingestion:codes"),
    ("mapping", "Mapeamento", "ingestion:mapping"),
    ("schema", "Esquema", "ingestion:schema"),
)


def source_frame(source: Source, tab: str) -> dict[str, Any]:
    """What `_source_base.html` asks of the context."""
    origin, now = source.origin, clock.now()
    return {
        "active": "connectors",
        "source": {
            "code": origin.code,
            "name": origin.name,
            "url": reverse("ingestion:source", args=[origin.code]),
            "rule": source.get_rule_display(),
            "dialect": source.get_dialect_display() if source.rule in BY_SQL else "",
            "mapping": source.mapping.number if source.mapping else None,
            "chip": {
                "code": origin.code,
                "freshness": ago(origin.loaded_at, now) if origin.loaded_at else "sem carga",
                "stale": source_of(origin, now).late,
            },
        },
        "tabs": [
            {"label": label, "url": reverse(name, args=[origin.code]), "current": key == tab}
            for key, label, name in TABS
        ],
    }
