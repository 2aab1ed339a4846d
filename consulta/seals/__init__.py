"""The desk of whoever keeps the seals: ordering, lifting, admitting by name. It shows identifiers, never a person."""
