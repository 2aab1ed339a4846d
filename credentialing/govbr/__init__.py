"""Entering with gov.br (*Login Único*): it stands in for the password, of an account that was approved before."""
