"""Telephones and addresses left out of the crossings, because too many persons have them to mean anything."""

from dataclasses import dataclass

from registry.models import ContactKind, Crowd


@dataclass(frozen=True, slots=True)
class Crowds:
    """How many contacts of a kind are filler, and how many persons the commonest has (counted up to a thousand)."""

    kind: ContactKind
    contacts: int
    most: int
    ufs: tuple[str, ...]


def crowds() -> tuple[Crowds, ...]:
    """One line a kind that has any."""
    found = []
    for kind in (ContactKind.PHONE, ContactKind.ADDRESS):
        rows = list(Crowd.objects.filter(kind=kind).order_by("-persons", "key").values_list("persons", "ufs")[:1])
        if rows:
            total = Crowd.objects.filter(kind=kind).count()
            found.append(Crowds(kind, total, rows[0][0], tuple(rows[0][1])))
    return tuple(found)
