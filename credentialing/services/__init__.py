"""Writes that touch more than one model or leave an audit record. Each names its actor (`by=`)."""
