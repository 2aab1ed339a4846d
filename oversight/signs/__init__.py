"""Signs of misuse in what was recorded. They say where a corregedor should look; they judge nobody.

Pure: what a sign needs of the account (`Portrait`) and of everybody else (`Surroundings`) is handed to it, so that a
year of invented use can be looked at without a database (`benchmarks/misuse.py`). `oversight.facts` asks for it.
"""
