"""Random histories of a small base, and what must hold of it after each."""
