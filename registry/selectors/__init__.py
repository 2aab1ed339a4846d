"""Reads across the registry's models. Each takes a `Scope`: none shows what the scope does not cover."""
