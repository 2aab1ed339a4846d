"""How surely a person of a list is the one meant: what of the identity the states know."""

from enum import StrEnum


class IdentityStrength(StrEnum):
    """What there is to tell a person from namesakes by."""

    STRONG = "strong"  # a national number, the mother and the birth
    FAIR = "fair"  # two of the three
    WEAK = "weak"  # one, or the name alone


def identity_strength(*, number: bool, mother: bool, birth: bool) -> IdentityStrength:
    """The strength, by whether a CPF or RJI, the mother's name and the date of birth are known."""
    known = number + mother + birth
    if known == 3:
        return IdentityStrength.STRONG
    return IdentityStrength.FAIR if known == 2 else IdentityStrength.WEAK
