"""Recents: whom one opened lately, as one's own audit remembers it."""
