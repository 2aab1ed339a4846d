"""Who may do what: people, agencies, roles, purposes. One place decides (`policy.py`)."""
