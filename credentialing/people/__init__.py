"""The life of an account after it was approved: attested, narrowed, closed, opened again."""
