"""A fictitious country: people, lives in and out of prison, and the databases of its states.

Everybody here is invented. The package stands apart: it imports nothing of the platform and reads
the data contract (`contract/views.csv`, `contract/domains.json`) as data. See docs/howto/fictitious-country.md.
"""
