"""Changes to sources, loads and the quarantine: each atomic, each with its audit event."""
