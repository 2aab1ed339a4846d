"""Sources, loads and the quarantine on the audited admin site (`senappen.admin_site`)."""

from ingestion.admin import loads, mappings, quarantine, sources

__all__ = ["loads", "mappings", "quarantine", "sources"]
