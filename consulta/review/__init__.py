"""The review desk, *Duplicatas*: pairs of records that wait for a human."""
