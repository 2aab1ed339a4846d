"""The documents that searches read: derived from records, rebuilt whenever those change."""

from registry.services.search_documents.rebuilding import rebuild
from registry.services.search_documents.refreshing import (
    BATCH,
    refresh,
    refresh_batch,
    refresh_frequencies,
    refresh_waiting,
)

__all__ = ["BATCH", "rebuild", "refresh", "refresh_batch", "refresh_frequencies", "refresh_waiting"]
