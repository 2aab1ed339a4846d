"""The national base: each state's records, judged into persons. It never meets a user: callers bring a `Scope`."""
