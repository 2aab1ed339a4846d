"""The national registry of prisoners, visitors and lawyers."""
