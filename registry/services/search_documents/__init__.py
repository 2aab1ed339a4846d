"""The documents that searches read: derived from records, rebuilt whenever those change."""

from registry.services.search_documents.rebuilding import rebuild
from registry.services.search_documents.refreshing import refresh, refresh_batch, refresh_frequencies

__all__ = ["rebuild", "refresh", "refresh_batch", "refresh_frequencies"]
