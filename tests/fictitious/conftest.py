"""A small country, made once for all tests that read it."""

import csv
from datetime import date
from pathlib import Path
from random import Random

import pytest

from fictitious import facilities, lives, people
from fictitious.country import Country
from fictitious.custody import Registration
from fictitious.generate import generate
from fictitious.lives import Plan
from fictitious.people import Human

TODAY = date(2026, 11, 20)
PEOPLE = 6_000
STATES = ("AL", "PE", "SP")


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a country of 6,000 people; tests only read it."""
    folder = tmp_path_factory.mktemp("country")
    generate(Country(PEOPLE, "tests", STATES, TODAY), folder, workers=2)
    return folder


@pytest.fixture(scope="session")
def humans(country: Path) -> dict[str, dict[str, str]]:
    with (country / "truth" / "humans.csv").open(encoding="utf-8", newline="") as file:
        return {row["human_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def records(country: Path) -> list[dict[str, str]]:
    with (country / "truth" / "records.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def lived() -> list[tuple[Human, list[Registration]]]:
    """3,000 lives without the noise of records."""
    plan = Plan(TODAY, STATES, lambda uf: facilities.estate("tests", uf, 800.0))
    rng = Random("lives")
    made = []
    for _ in range(3_000):
        born = people.grown_up(rng, TODAY)
        human = people.Household.of(rng, "AL", born).child(rng, "F" if rng.random() < 0.05 else "M", born)
        made.append((human, lives.live(rng, plan, human, "AL")))
    return made
