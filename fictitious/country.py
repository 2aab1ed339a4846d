"""The plan of a country: how many people live in which states, cut into shards; and its file country.json."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from fictitious import facilities, tables
from fictitious.lives import IN_CUSTODY, Plan

DEFAULT_TODAY = date(2026, 11, 20)
SHARD_PEOPLE = 2_500
PRISONERS = 0.565  # of the people; the rest visit or defend
FLATTEN = 0.6  # exponent that keeps small states visible beside São Paulo
VERSION = 1


@dataclass(frozen=True)
class Shard:
    number: int
    uf: str
    people: int


@dataclass
class Country:
    """What a country is made from. The same values give the same files, whatever the clock or the machine."""

    people: int
    seed: str
    states: tuple[str, ...]
    today: date = DEFAULT_TODAY
    spoiled: float = 1.0  # times the rate of rows that no load can take (fictitious.spoiled)
    days: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    history: list[dict[str, dict[str, int]]] = field(default_factory=list)
    situations: float = 1.0  # times the rate of what rules and crossings look for (fictitious.situations)

    def shares(self) -> dict[str, int]:
        """People of each state: all of them together are `people`."""
        held = {uf: float(tables.states()[uf]["held"]) ** FLATTEN for uf in self.states}
        total = sum(held.values())
        made = {uf: int(self.people * weight / total) for uf, weight in held.items()}
        made[self.states[-1]] += self.people - sum(made.values())
        return made

    def shards(self) -> list[Shard]:
        """Shard numbers begin at 1; 0 is of the units."""
        made: list[Shard] = []
        for uf, count in self.shares().items():
            while count > 0:
                made.append(Shard(len(made) + 1, uf, min(count, SHARD_PEOPLE)))
                count -= SHARD_PEOPLE
        return made

    def plan(self, day: int = 0) -> Plan:
        """Where lives are lived, as of the day of that number."""
        shares = self.shares()

        def estate(uf: str) -> facilities.Estate:
            return facilities.estate(self.seed, uf, round(shares[uf] * PRISONERS * IN_CUSTODY, 3))

        return Plan(self.today + timedelta(days=day), self.states, estate)

    def save(self, folder: Path) -> None:
        values = asdict(self) | {"today": self.today.isoformat(), "version": VERSION}
        text = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "country.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Country":
        values = json.loads((folder / "country.json").read_text(encoding="utf-8"))
        return cls(
            values["people"], values["seed"], tuple(values["states"]), date.fromisoformat(values["today"]),
            values["spoiled"], values["days"], values["counts"], values["history"],
            values.get("situations", 0.0),
        )  # fmt: skip
