"""Deciding which records are of one human being: pure computation. What is done about it is in `services`."""
