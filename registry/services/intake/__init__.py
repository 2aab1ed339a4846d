"""How rows of the contract's views become rows of the registry (see `registry.contracts`)."""

from registry.services.intake.receiving import receive, remove

__all__ = ["receive", "remove"]
