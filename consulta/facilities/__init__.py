"""Establishments: the list, and the page of one with the people in it."""
