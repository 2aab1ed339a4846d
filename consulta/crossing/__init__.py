"""Crossings: lists of what records say together, the reason asked for before lawyers are listed."""
