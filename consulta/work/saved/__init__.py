"""Searches saved under a name, asked anew each time."""
