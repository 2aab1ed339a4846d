"""Work kept: what was opened lately, searches saved, and what is made of them."""
