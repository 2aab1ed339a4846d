"""Writes of the corregedor's desk. Each names its actor (`by=`) and records its event."""
