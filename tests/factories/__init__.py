"""Makers of test data: each takes keyword overrides and invents the rest. Nobody here exists."""
