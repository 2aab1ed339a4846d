"""What happened in a random history, and what follows from it by the tables that were written from the law."""

from dataclasses import dataclass, field
from typing import Any

from credentialing.roles import Role
from tests.architecture.test_policy import ABOUT_OTHERS, BY_ITSELF, OPENED, PROFILES, rows

WORDS = {role: word for word, role in PROFILES.items()}
ALONE, ABOUT, OPEN = rows(BY_ITSELF), rows(ABOUT_OTHERS), rows(OPENED)


@dataclass
class Known:
    """A person as the ledger knows them."""

    role: Role
    agency: str
    activities: set[str]
    giver: int | None = None
    open: bool = True
    substitute: bool = False
    designated: bool = False


@dataclass
class Asked:
    """A request that waits."""

    by: int
    role: Role
    agency: str
    activities: set[str]


@dataclass
class Ledger:
    """What happened, and what follows from it."""

    people: dict[int, Known] = field(default_factory=dict)
    asked: dict[Any, Asked] = field(default_factory=dict)
    terms: dict[str, set[str]] = field(default_factory=dict)
    shut: set[str] = field(default_factory=set)

    def alive(self, pk: int) -> bool:
        one = self.people[pk]
        return one.open and one.agency not in self.shut and (one.designated or not one.substitute)

    def held(self, pk: int) -> set[str]:
        """What the person is credentialed for: within the term, and within what every giver above still has."""
        found = self.people[pk].activities & self.terms[self.people[pk].agency]
        above = self.people[pk].giver
        while above is not None:
            found, above = found & self.people[above].activities, self.people[above].giver
        return found

    def reaches(self, pk: int, action: str, role: Role, agency: str, *, own: bool) -> bool:
        cell = ABOUT[f"{action} {WORDS[role]}"][WORDS[self.people[pk].role]]
        return self.alive(pk) and not own and (cell == "all" or (cell == "own" and self.people[pk].agency == agency))

    def designates(self, pk: int, substitute: int) -> bool:
        """The coordination, or whoever holds the place itself; nobody by a substitute's turn."""
        known, own = self.people[substitute], pk == substitute
        if not known.substitute or self.people[pk].substitute:
            return False
        return self.reaches(pk, "designate", known.role, known.agency, own=own)

    def hands_on(self, pk: int, activities: set[str], agency: str) -> bool:
        everything = self.people[pk].role == Role.GENERAL_ADMIN
        return activities <= self.terms[agency] and (everything or activities <= self.held(pk))

    def may(self, pk: int) -> set[str]:
        """Every permission the person may have now."""
        if not self.alive(pk):
            return set()
        opened = {f"consulta.{name}" for one in self.held(pk) for name, cell in OPEN[one].items() if cell == "yes"}
        cells = {name: row[WORDS[self.people[pk].role]] for name, row in ALONE.items()}
        return {name for name, cell in cells.items() if cell == "yes" or (cell == "act" and name in opened)}

    def managers(self, agency: str) -> int:
        return sum(
            one.open and one.role == Role.REGIONAL_MANAGER and one.agency == agency for one in self.people.values()
        )
