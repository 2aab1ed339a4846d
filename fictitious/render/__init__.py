"""From rows of the contract to the files and databases of a state.

`files` writes what every kind of database is loaded from; `postgres` builds PostgreSQL. Another kind of
database is another module beside it that reads the same files.
"""
