"""The links between persons, derived from records and rebuilt whenever those change."""

from registry.services.links.rebuilding import rebuild, rebuild_all

__all__ = ["rebuild", "rebuild_all"]
