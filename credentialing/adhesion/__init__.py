"""Agencies: how they adhere, are suspended, prolonged, warned of their end, and who stands in for whom."""
