"""Human beings and how they come to be kin."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fictitious import names, tables
from fictitious.tables import City, Weighted

NO_FATHER = 0.18  # nobody in the father's place of the birth certificate
MARRIED_NAME = 0.45  # mothers who took the husband's surname
JUNIOR = 0.025  # sons who bear the father's whole name
AWAY = 0.12  # born in another state than where they live

STREETS = tables.words("streets")
DISTRICTS = tables.words("districts")


@dataclass(slots=True, frozen=True)
class Papers:
    """The numbers a human carries everywhere, and what does not change from record to record."""

    cpf: str
    rg: str
    rg_uf: str
    nis: str
    titulo: str
    rji: str
    race: str
    schooling: str
    trade: str
    children: int


@dataclass(slots=True, eq=False)
class Human:
    """Somebody who does not exist. `number` is 0 until the human enters a record of a state."""

    sex: str
    born: date
    given: str
    surnames: tuple[str, ...]
    birthplace: City
    mother_name: str
    mother_other_name: str  # maiden or married, equal to mother_name if she has only one
    father_name: str | None
    address: str
    suffix: str = ""
    number: int = 0
    papers: "Papers | None" = None

    @property
    def name(self) -> str:
        return " ".join((self.given, *self.surnames, self.suffix)).rstrip()


def years_before(day: date, years: float) -> date:
    return day - timedelta(days=int(years * 365.25))


def address(rng: Random, uf: str) -> str:
    city = rng.choice(tables.cities(uf))
    return f"{rng.choice(STREETS)}, {rng.randint(1, 1999)}, {rng.choice(DISTRICTS)}, {city.name} - {uf}"


def stranger(rng: Random, uf: str, sex: str, born: date) -> Human:
    """A human with parents who have names and nothing else."""
    mother_year = born.year - rng.randint(17, 38)
    mother = names.given(rng, "F", mother_year)
    maiden, father = names.surnames(rng, uf), names.surnames(rng, uf)
    father_name = None
    if rng.random() >= NO_FATHER:
        father_name = " ".join((names.given(rng, "M", mother_year - 3), *father))
    own = names.inherited(rng, maiden, father if father_name else (), uf)
    married = _married(maiden, father) if father_name else maiden
    now, other = (married, maiden) if rng.random() < MARRIED_NAME else (maiden, married)
    home = rng.choice(tables.cities(uf))
    return Human(
        sex, born, names.given(rng, sex, born.year), own, home,
        " ".join((mother, *now)), " ".join((mother, *other)), father_name, address(rng, uf),
    )  # fmt: skip


def _married(maiden: tuple[str, ...], husband: tuple[str, ...]) -> tuple[str, ...]:
    return maiden if maiden[-1] == husband[-1] else (maiden[-1], husband[-1])


@dataclass(slots=True, eq=False)
class Household:
    """A mother, perhaps a father, and the children they have, all of one state."""

    uf: str
    mother: Human
    mother_other: tuple[str, ...]
    father: Human | None

    @classmethod
    def of(cls, rng: Random, uf: str, eldest_born: date) -> "Household":
        """The parents of somebody born on that day."""
        mother = stranger(rng, uf, "F", years_before(eldest_born, rng.uniform(16, 36)))
        other = mother.surnames
        father = None
        if rng.random() >= NO_FATHER:
            father = stranger(rng, uf, "M", years_before(mother.born, rng.uniform(-4, 10)))
            married = _married(mother.surnames, father.surnames)
            if rng.random() < MARRIED_NAME:
                mother.surnames, other = married, mother.surnames
            else:
                other = married
        return cls(uf, mother, other, father)

    def child(self, rng: Random, sex: str, born: date) -> Human:
        """A son or daughter; some sons are Júnior or Neto."""
        mother, father = self.mother, self.father
        home = rng.choice(tables.cities(self.uf if rng.random() >= AWAY else rng.choice(_partners(self.uf))))
        own = names.inherited(rng, mother.surnames, father.surnames if father else (), self.uf)
        human = Human(
            sex, born, names.given(rng, sex, born.year), own, home, mother.name,
            " ".join((mother.given, *self.mother_other)), father.name if father else None, mother.address,
        )  # fmt: skip
        if father and sex == "M" and rng.random() < JUNIOR:
            human.given, human.surnames = father.given, father.surnames
            human.suffix = "Neto" if rng.random() < 0.2 else "Júnior"
        return human

    def sibling(self, rng: Random, of: Human, sex: str | None = None) -> Human:
        """Another child, within ten years of the first one."""
        born = of.born + timedelta(days=rng.choice((-1, 1)) * rng.randint(330, 3650))
        born = max(born, years_before(self.mother.born, -15))
        return self.child(rng, sex or ("M" if rng.random() < 0.5 else "F"), born)

    def twin(self, rng: Random, of: Human) -> Human:
        """Same mother, same day, same surnames, another given name."""
        twin = self.child(rng, of.sex, of.born)
        twin.surnames, twin.suffix, twin.birthplace = of.surnames, "", of.birthplace
        while twin.given == of.given:
            twin.given = names.given(rng, of.sex, of.born.year)
        return twin


def _partners(uf: str) -> list[str]:
    return tables.states()[uf]["partners"].split()


AGES = Weighted(
    (((19, 24), 22.0), ((25, 29), 21), ((30, 34), 18), ((35, 45), 25), ((46, 60), 11), ((61, 70), 2), ((71, 80), 1))
)


def grown_up(rng: Random, today: date) -> date:
    """Birth date of somebody in prison: SISDEPEN's age bands, a little older as the base keeps those who left."""
    low, high = AGES.draw(rng)
    return years_before(today, rng.uniform(low, high + 1))
