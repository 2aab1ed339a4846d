"""The queue of pairs that wait for a human.

`resolution` imports `queueing` from here: what this package adds may use `resolution` as a module (`from
registry.services import resolution`), never names out of it at import.
"""
