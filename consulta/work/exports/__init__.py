"""Exports: persons of a search or a folder as a table that leaves, capped; above the cap a second person decides."""
