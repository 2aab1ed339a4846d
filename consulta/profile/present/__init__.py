"""From the registry's values to what the templates print: plain text, nothing left to decide."""
