"""The search of somebody missing: a form, and the candidates at an address that tells nothing of who is looked for."""
