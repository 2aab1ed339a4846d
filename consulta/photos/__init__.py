"""Photographs: each look passes the gate and leaves a visible mark in the picture."""
