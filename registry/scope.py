"""What a viewer may see, as a value. The registry filters by it and never meets a user."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The bounds of one consultation.

    `lawyers` and `factions` say whether those may be shown. Sealed records will be excluded here, by the same
    value, so that every selector already asks for it.
    """

    lawyers: bool = False
    factions: bool = False
