"""From what the selectors read to what the templates print."""
