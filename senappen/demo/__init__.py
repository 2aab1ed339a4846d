"""The demonstration: the whole platform on one machine, over a fictitious country."""
