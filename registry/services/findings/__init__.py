"""Findings of the quality rules: kept true to the records, and treated by people."""

from registry.services.findings.checking import Checked, all_due, check, check_all
from registry.services.findings.treating import NotStanding, treat

__all__ = ["Checked", "NotStanding", "all_due", "check", "check_all", "treat"]
