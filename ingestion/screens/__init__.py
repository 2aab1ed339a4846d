"""The Conectores pages: what state each source is in, and what may be done about it."""
