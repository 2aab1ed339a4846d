"""Who goes to prison together with whom, and who visits them."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from fictitious.people import Household, Human, grown_up, stranger, years_before
from fictitious.tables import Weighted

WOMEN = 0.05  # of prisoners
BROTHERS = 0.07  # families with two sons in prison
TWINS = 0.006
FATHER_TOO = 0.012
COUPLE = 0.02  # the partner is in prison too, and visits
WAS_PRISONER = 0.04  # visitors who were in prison before
VISITORS = Weighted(((0, 0.20), (1, 0.74), (2, 0.05), (3, 0.01)))  # some die or are in prison too: 73 % have one
KIN = {
    "M": Weighted(
        (("MAE", 34.0), ("COMPANHEIRO", 24), ("CONJUGE", 8), ("IRMAO", 11), ("PAI", 7), ("FILHO", 5), ("AMIGO", 4),
        ("TIO", 2),
         ("AVO", 2), ("PRIMO", 1), ("SOGRO", 1), ("CUNHADO", 1))
    ),
    "F": Weighted((("MAE", 40.0), ("IRMAO", 18), ("FILHO", 14), ("COMPANHEIRO", 8), ("PAI", 7), ("TIO", 5),
    ("AVO", 4), ("AMIGO", 4))),
}  # fmt: skip
ONLY_ONE = {"MAE", "PAI", "CONJUGE", "COMPANHEIRO"}


@dataclass(slots=True)
class Family:
    """Prisoners and their visitors. `visits` holds (visitor, prisoner, kinship as the visitor to the prisoner).

    `past` are visitors who were in prison before, `held` prisoners whose custody today is settled.
    """

    home: Household
    prisoners: list[Human] = field(default_factory=list)
    visits: list[tuple[Human, Human, str]] = field(default_factory=list)
    past: list[Human] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len({id(human) for human in self.prisoners} | {id(visitor) for visitor, _, _ in self.visits})


def family(rng: Random, uf: str, today: date) -> Family:
    """One family of the state with at least one member in prison, now or before."""
    born = grown_up(rng, today)
    home = Household.of(rng, uf, born)
    first = home.child(rng, "F" if rng.random() < WOMEN else "M", born)
    made = Family(home, [first])
    adult = years_before(today, 19.5)
    draw = rng.random()
    if draw < TWINS:
        made.prisoners.append(home.twin(rng, first))
    elif draw < TWINS + BROTHERS:
        brother = home.sibling(rng, first, "M")
        if brother.born < adult:
            made.prisoners.append(brother)
    elif draw < TWINS + BROTHERS + FATHER_TOO and home.father and home.father.born > years_before(today, 82):
        made.prisoners.append(home.father)
    _visitors(rng, made, today)
    return made


def _visitors(rng: Random, made: Family, today: date) -> None:
    known: dict[tuple[str, int], Human] = {}
    paired: set[tuple[Human, Human]] = set()
    for prisoner in list(made.prisoners):
        taken: set[str] = set()
        for _ in range(VISITORS.draw(rng)):
            kinship = KIN[prisoner.sex].draw(rng)
            if kinship in ONLY_ONE & taken or (
                kinship in ("CONJUGE", "COMPANHEIRO") and taken & {"CONJUGE", "COMPANHEIRO"}
            ):
                kinship = "IRMAO"
            taken.add(kinship)
            visitor = _relative(rng, made, prisoner, kinship, today, known)
            if visitor and visitor not in made.prisoners and (visitor, prisoner) not in paired:
                paired.add((visitor, prisoner))
                made.visits.append((visitor, prisoner, kinship))
                _own_past(rng, made, visitor, kinship, today)


def _own_past(rng: Random, made: Family, visitor: Human, kinship: str, today: date) -> None:
    chance = COUPLE + WAS_PRISONER if kinship in ("COMPANHEIRO", "CONJUGE") else WAS_PRISONER
    old_enough = years_before(today, 70) < visitor.born < years_before(today, 21)
    if old_enough and visitor not in made.past and rng.random() < chance:
        made.past.append(visitor)


def _relative(
    rng: Random, made: Family, of: Human, kinship: str, today: date, known: dict[tuple[str, int], Human]
) -> Human | None:
    """The real relative; a mother or a brother is the same for all children of the house."""
    home = made.home
    child = of is not home.father
    if kinship == "MAE" and child:
        return home.mother if home.mother.born > years_before(today, 88) else None
    if kinship == "PAI" and child:
        return home.father if home.father and home.father.born > years_before(today, 88) else None
    if kinship == "IRMAO" and child:
        found = known.get(("IRMAO", 0)) if rng.random() < 0.6 else None
        if found is None:
            found = known["IRMAO", 0] = _sibling(rng, home, of, today)
        return found
    return _other(rng, home, of, kinship, today)


def _sibling(rng: Random, home: Household, of: Human, today: date) -> Human:
    sibling = home.twin(rng, of) if rng.random() < 0.02 else home.sibling(rng, of)
    sibling.born = min(sibling.born, years_before(today, 12))
    return sibling


def _other(rng: Random, home: Household, of: Human, kinship: str, today: date) -> Human:
    """Kin outside the parents' house, and friends."""
    uf = home.uf
    woman = "F" if rng.random() < (0.9 if of.sex == "M" else 0.4) else "M"
    older = {"MAE": 26, "PAI": 28, "TIO": 24, "AVO": 48, "SOGRO": 25}.get(kinship, 0)
    born = min(years_before(of.born, older + rng.gauss(0, 4)), years_before(today, 18.2))
    born = max(born, years_before(today, 89))
    if kinship == "FILHO":
        born = max(years_before(of.born, -rng.uniform(17, 30)), date(of.born.year + 16, 1, 1))
        child = Household(uf, stranger(rng, uf, "F", years_before(born, 24)), (), None)
        if of.sex == "F":
            child = Household(uf, of, of.surnames, None)
        else:
            child.mother_other, child.father = child.mother.surnames, of
        return child.child(rng, woman, min(born, years_before(today, 0.5)))
    human = stranger(
        rng,
        uf,
        {"MAE": "F", "PAI": "M", "CONJUGE": _opposite(of), "COMPANHEIRO": _opposite(of)}.get(kinship, woman),
        born,
    )
    if kinship == "CONJUGE" and human.sex == "F" and human.surnames[-1] != of.surnames[-1]:
        human.surnames = (*human.surnames[:1], of.surnames[-1])
    if kinship in ("TIO", "PRIMO", "AVO"):
        human.surnames = (*human.surnames[:1], home.mother.surnames[-1])
    if kinship in ("CONJUGE", "COMPANHEIRO"):
        human.address = of.address
    return human


def _opposite(of: Human) -> str:
    return "M" if of.sex == "F" else "F"
