"""Sources, loads and the quarantine on the audited admin site (`senappen.admin_site`)."""

from ingestion.admin import agreements, alerts, loads, mappings, quarantine, sources

__all__ = ["agreements", "alerts", "loads", "mappings", "quarantine", "sources"]
