"""Making the cube of statistics, checking it against the records, and the editions of the form."""

from registry.services.figures.building import build, build_due, due
from registry.services.figures.checking import check, check_due

__all__ = ["build", "build_due", "check", "check_due", "due"]
