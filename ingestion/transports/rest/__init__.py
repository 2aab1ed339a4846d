"""Rules 3 and 4: the state's own REST API, as its mapping's `api` section describes it."""

from ingestion.transports.rest.connect import connect

__all__ = ["connect"]
