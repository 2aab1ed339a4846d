"""Diagrams of links kept under a name, drawn anew from what is known each time."""
