"""Signs of misuse in what was recorded. They say where a corregedor should look; they judge nobody.

Only what the audit itself knows: who, when, what was asked, whom it showed. What needs names of users, units or
relations between people stands above this app and is not here.
"""
