"""A state's mapping: a YAML file that says which of its columns is which field of the contract, and how to read it."""
