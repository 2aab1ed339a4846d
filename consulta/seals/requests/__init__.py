"""Requests for a seal: whoever consults, or answers for an agency, asks; whoever keeps the seals decides."""
