"""The small read-only API a state hosts beside its database and photo store (transfer rule 2).

Stands apart: no Django and nothing of the rest of senappen, so that a state installs it alone. What it shares with
the national base is data: the view names of the contract and the stream described in docs/estado/gateway.md.
"""

VERSION = "0.1.0"
CONTRACT = 1
