"""Brings the states' databases in: fetch, land, read the contract, validate, reject or hand over."""
