"""A second country: other names, families and errors than `fictitious`, so that a model is not measured by its maker.

Whole families are invented: their children are twins, namesakes of their fathers or brothers and sisters, and some
strangers are namesakes. Each state has habits: fields it does not fill, letters it cannot write.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Final, NamedTuple

from benchmarks import other_errors, other_names
from registry.matching.measuring import Truth
from registry.matching.subjects import Source
from registry.values import cpf

TWINS: Final = 0.012
TWINS_ALIKE: Final = 0.3  # of twins of one sex, given rare names that rhyme
NAMESAKE_SON: Final = 0.03
STRANGER_NAMESAKE: Final = 0.01
MARRIED: Final = 0.12
SOCIAL_NAME: Final = 0.004
NO_FATHER: Final = 0.15
# Records of one human: most have one.
_RECORDS: Final = ((1, 0.84), (2, 0.11), (3, 0.035), (4, 0.015))
_FIRST_DAY: Final = date(1950, 1, 1)


class Habits(NamedTuple):
    """How often a state fills a field, and how it writes names."""

    uf: str
    mother: float
    father: float
    cpf: float
    rg: float
    rji: float
    birthplace: float
    particles: bool
    rg_uf: bool


_STATES: Final = (
    Habits("MG", 0.97, 0.75, 0.62, 0.80, 0.70, 0.95, particles=True, rg_uf=True),
    Habits("BA", 0.93, 0.55, 0.45, 0.70, 0.60, 0.80, particles=True, rg_uf=True),
    Habits("PR", 0.98, 0.85, 0.75, 0.85, 0.75, 0.98, particles=True, rg_uf=True),
    Habits("PA", 0.88, 0.40, 0.35, 0.55, 0.40, 0.60, particles=False, rg_uf=True),
    Habits("GO", 0.95, 0.60, 0.55, 0.00, 0.65, 0.90, particles=True, rg_uf=True),
    Habits("CE", 0.92, 0.00, 0.50, 0.65, 0.50, 0.85, particles=True, rg_uf=False),
)


@dataclass(frozen=True, kw_only=True)
class Human:
    """Somebody, as the birth certificate says."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    agnome: str
    sex: str
    born: date
    mother: str
    father: str
    cpf: str
    rji: str
    rg: str
    place: str
    uf: str
    twin: bool = False

    @property
    def name(self) -> str:
        """The whole name, with its particles."""
        return " ".join((*self.given, *self.surnames, self.agnome)).strip()


def country(people: int, seed: str) -> tuple[list[Source], Truth]:
    """The records of so many people, in the order of their ids, and whose they are. One seed, one country."""
    rng = Random(f"other:{seed}")
    sources: list[Source] = []
    humans: dict[int, str] = {}
    noise: dict[int, tuple[str, ...]] = {}
    twins: list[tuple[str, str]] = []
    numbers = count(1)
    for number, human in enumerate(_people(rng, people)):
        if human.twin:
            twins.append((f"K{number - 1}", f"K{number}"))
        for _ in range(_draw(rng)):
            record = next(numbers)
            written, struck = _written(rng, human, record)
            sources.append(written)
            humans[record], noise[record] = f"K{number}", tuple(struck)
    return sources, Truth(humans, noise, twins)


def _people(rng: Random, people: int) -> Iterator[Human]:
    """Families one after the other; a twin comes right after the first."""
    made = 0
    last: Human | None = None
    while made < people:
        for human in _family(rng, last):
            last = human
            yield human
            made += 1
            if made == people:
                return


def _family(rng: Random, stranger: Human | None) -> Iterator[Human]:
    maiden, his = _surnames(rng), _surnames(rng)
    mother = " ".join((*other_names.given(rng, "F"), *maiden))
    father_given = other_names.given(rng, "M")
    father = "" if rng.random() < NO_FATHER else " ".join((*father_given, *his))
    born = _FIRST_DAY + timedelta(days=rng.randrange(22_000))
    first = _child(rng, mother, father, (maiden[-1], *his) if father else maiden, born)
    if father and first.sex == "M" and rng.random() < NAMESAKE_SON:
        yield _namesakes_father(rng, first, father_given, his)
        first = replace(first, given=tuple(father_given), surnames=his, agnome=rng.choice(("JUNIOR", "FILHO", "")))
    if stranger and rng.random() < STRANGER_NAMESAKE:
        first = replace(first, given=stranger.given, surnames=stranger.surnames, sex=stranger.sex, agnome="")
    if rng.random() < TWINS:
        yield from _twins(rng, first)
        return
    yield first
    if rng.random() < 0.2:
        later = first.born + timedelta(days=rng.randint(400, 3000))
        yield _child(rng, mother, father, first.surnames, later)


def _child(rng: Random, mother: str, father: str, surnames: tuple[str, ...], born: date) -> Human:
    sex = "M" if rng.random() < 0.8 else "F"
    base = f"{rng.randrange(10**9):09d}"
    uf = rng.choice(_STATES).uf
    return Human(
        given=tuple(other_names.given(rng, sex)), surnames=surnames, agnome="", sex=sex, born=born, mother=mother,
        father=father, cpf=base + cpf.check_digits(base), rji=str(rng.randrange(10**10, 10**11)),
        rg=str(rng.randrange(1_000_000, 60_000_000)), uf=uf,
        place=f"{rng.randrange(11, 54)}{rng.randrange(100, 140):05d}",
    )  # fmt: skip


def _namesakes_father(rng: Random, son: Human, given: list[str], surnames: tuple[str, ...]) -> Human:
    """The father of a son of the same name, who has been in prison too."""
    his_mother = " ".join((*other_names.given(rng, "F"), surnames[-1]))
    born = son.born.replace(day=1) - timedelta(days=rng.randint(7000, 13000))
    return replace(_child(rng, his_mother, "", surnames, born), given=tuple(given), sex="M", uf=son.uf)


def _twins(rng: Random, first: Human) -> Iterator[Human]:
    twin = _twin(rng, first)
    if twin.sex == first.sex and rng.random() < TWINS_ALIKE:
        one, other = other_names.alike(rng, first.sex)
        first, twin = replace(first, given=(one,), agnome=""), replace(twin, given=(other,))
    yield first
    yield twin


def _twin(rng: Random, first: Human) -> Human:
    other = _child(rng, first.mother, first.father, first.surnames, first.born)
    sex = first.sex if rng.random() < 0.7 else other.sex
    given = list(other_names.given(rng, sex))
    if rng.random() < 0.5 and sex == first.sex:
        alike = other_names.nearby(rng, first.given[-1], sex)
        given = [*first.given[:-1], alike]
    elif given[0] == first.given[0]:
        given[0] = other_names.nearby(rng, given[0], sex)
    return replace(other, given=tuple(given), sex=sex, place=first.place, uf=first.uf, twin=True)


def _surnames(rng: Random) -> tuple[str, ...]:
    particle = "DE " if rng.random() < 0.15 else "DOS " if rng.random() < 0.05 else ""
    names = [other_names.surname(rng) for _ in range(rng.choice((1, 2, 2)))]
    return (particle + names[0], *names[1:])


def _draw(rng: Random) -> int:
    return rng.choices([number for number, _ in _RECORDS], [share for _, share in _RECORDS])[0]


def _written(rng: Random, human: Human, number: int) -> tuple[Source, list[str]]:
    """What a state's clerk writes of somebody."""
    habits = rng.choice(_STATES)
    name, alias, struck = human.name, "", []
    if human.sex == "F" and rng.random() < MARRIED:
        name, struck = " ".join((*human.given, human.surnames[0], other_names.surname(rng))), ["married"]
    elif rng.random() < SOCIAL_NAME:
        name, alias, struck = _social(rng, human), human.name, ["social_name"]
    record = Source(
        id=number, name=_letters(habits, name), mother=_letters(habits, _kept(rng, human.mother, habits.mother)),
        father=_letters(habits, _kept(rng, human.father, habits.father)), alias=_letters(habits, alias),
        birth=human.born, sex=human.sex, cpf=_kept(rng, human.cpf, habits.cpf), rji=_kept(rng, human.rji, habits.rji),
        rg=_kept(rng, human.rg, habits.rg), rg_uf=human.uf if habits.rg_uf else "",
        birthplace=_kept(rng, human.place, habits.birthplace),
    )  # fmt: skip
    spoiled, errors = other_errors.spoil(rng, record)
    return spoiled, struck + errors


def _social(rng: Random, human: Human) -> str:
    other = "M" if human.sex == "F" else "F"
    return " ".join((*other_names.given(rng, other), *human.surnames))


def _kept(rng: Random, value: str, share: float) -> str:
    return value if rng.random() < share else ""


def _letters(habits: Habits, name: str) -> str:
    if habits.particles:
        return name
    return " ".join(word for word in name.split() if word not in ("DE", "DOS"))
