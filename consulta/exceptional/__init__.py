"""Exceptional access: one sealed person, thirty minutes, a reason; the corregedor is told at once and reviews it."""
