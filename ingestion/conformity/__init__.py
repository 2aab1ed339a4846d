"""The check of a state against the contract, over any rule: what is missing, wrong or slow, field by field.

It reads a bounded sample, stores no row and shows no value: findings are counts.
"""
