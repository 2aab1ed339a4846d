"""What a viewer may see, as a value. The registry filters by it and never meets a user."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The bounds of one consultation.

    `lawyers` and `factions` say whether those may be shown. `opened` are the sealed persons (ids of the registry) whom
    this consultation may see all the same; every other sealed person is absent (`registry.selectors.seals`).
    """

    lawyers: bool = False
    factions: bool = False
    opened: frozenset[int] = frozenset()
