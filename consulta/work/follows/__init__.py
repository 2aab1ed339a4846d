"""Follows: persons and searches under lawful watch, and the notices that come of it (requirement G4)."""
