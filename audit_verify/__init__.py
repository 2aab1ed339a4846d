"""Proves that no event of the audit was changed, removed, inserted or moved.

Stands alone: Python's standard library and `cryptography`, and psycopg for whoever reads a database. Nothing of the
platform is imported, so that whoever distrusts it can read these few files and run them elsewhere.
"""
