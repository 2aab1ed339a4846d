"""Crossings: what records say together and none says alone. Derived, rebuilt for the persons that loads touch."""

from registry.services.crossing.refreshing import mark_all, refresh, refresh_batch

__all__ = ["mark_all", "refresh", "refresh_batch"]
