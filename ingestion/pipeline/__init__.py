"""One load: extract each view into a landing table, publish it to the registry, close."""
