"""Loads under faults: real servers and workers are killed, cut off and starved while states are being loaded.

Stands apart like the benchmarks: it starts everything it hurts. `python -m faults --count 200`.
"""
