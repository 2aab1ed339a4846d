"""Names as common as in the country: given names by sex and decade, surnames by state."""

from functools import cache
from random import Random

from fictitious import tables
from fictitious.tables import Weighted

DECADES = (1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010)
SECOND_GIVEN = 0.34
PARTICLE = 0.45

# Second names that make a fixed pair with the first one, by sex (Ana Paula, João Pedro).
SECONDS = {sex: tables.words(f"second_names_{sex.lower()}") for sex in "FM"}
# What parents compose a name of that nobody else has, by sex: Rai + lson.
RARE = {sex: (tables.words(f"rare_starts_{sex.lower()}"), tables.words(f"rare_ends_{sex.lower()}")) for sex in "FM"}
NICKNAMES = tables.words("nicknames_m")
NICKNAMES_F = tables.words("nicknames_f")


@cache
def _given(sex: str, decade: int) -> Weighted[str]:
    rows = tables.read(f"given_names_{sex.lower()}")
    return Weighted((row["name"], float(row[str(decade)])) for row in rows)


@cache
def _surnames(uf: str) -> Weighted[tuple[str, str]]:
    pairs = []
    for row in tables.read("surnames"):
        skew = dict(item.split(":") for item in row["skew"].split())
        pairs.append(((row["surname"], row["particle"]), float(row["weight"]) * float(skew.get(uf, 1))))
    return Weighted(pairs)


def given(rng: Random, sex: str, year: int) -> str:
    """A given name of somebody born in that year, one or two words."""
    decade = min(max(year // 10 * 10, DECADES[0]), DECADES[-1])
    first = _given(sex, decade).draw(rng)
    if rng.random() >= SECOND_GIVEN:
        return first
    second = rng.choice(SECONDS[sex])
    return first if second == first else f"{first} {second}"


def alike(rng: Random, sex: str) -> tuple[str, str]:
    """Two rare given names of one beginning, as twins are given: Railson and Railton."""
    starts, ends = RARE[sex]
    start, (one, other) = rng.choice(starts), rng.sample(ends, 2)
    return start + one, start + other


def surname(rng: Random, uf: str) -> str:
    """One surname, with its particle at times (da Silva)."""
    word, particle = _surnames(uf).draw(rng)
    return f"{particle} {word}" if particle and rng.random() < PARTICLE else word


def surnames(rng: Random, uf: str) -> tuple[str, ...]:
    """One or two surnames of one person, without repeating."""
    first, second = surname(rng, uf), surname(rng, uf)
    if first.split()[-1] == second.split()[-1] or rng.random() < 0.3:
        return (first,)
    return (first, second)


def inherited(rng: Random, mother: tuple[str, ...], father: tuple[str, ...], uf: str) -> tuple[str, ...]:
    """A child's surnames: the mother's last and the father's last; only hers if there is no father."""
    if not father:
        return mother
    ours, theirs = mother[-1], father[-1]
    if ours.split()[-1] == theirs.split()[-1]:
        other = surname(rng, uf)
        return (theirs,) if other.split()[-1] == theirs.split()[-1] else (other, theirs)
    return (theirs,) if rng.random() < 0.2 else (ours, theirs)


def nickname(rng: Random, sex: str) -> str:
    return rng.choice(NICKNAMES if sex == "M" else NICKNAMES_F)
