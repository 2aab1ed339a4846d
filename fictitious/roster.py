"""What a next day must know of a state: who is held where, who left, who visits whom, which visits are on file."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fictitious.rows import Row

HEADER = ("kind", "key", "prisoner", "unit", "detail")
VISITS_KNOWN = 10  # one visit in so many can be deleted later


@dataclass(slots=True)
class Held:
    """An open custody."""

    custody: int
    prisoner: int
    unit: int
    situation: str
    regime: str
    arrested: date


@dataclass(slots=True)
class Link:
    """An active visiting card."""

    key: int
    prisoner: int
    visitor: int
    kinship: str


@dataclass(slots=True)
class Roster:
    """The roster of one state, in the order its rows were made."""

    held: dict[int, Held] = field(default_factory=dict)
    free: dict[int, None] = field(default_factory=dict)
    links: dict[int, Link] = field(default_factory=dict)
    visits: dict[int, None] = field(default_factory=dict)

    def add(self, rows: dict[str, list[Row]]) -> None:
        """Take in new rows of the contract."""
        for row in rows.get("vw_preso", ()):
            self.free[_number(row["id_origem"])] = None
        for row in rows.get("vw_custodia", ()):
            if row["dt_saida"] is None:
                self._hold(row)
        for row in rows.get("vw_visitante_preso", ()):
            if row["situacao"] == "ATIVO":
                key = _number(row["id_origem"])
                visitor, kinship = _number(row["id_visitante"]), str(row["parentesco"])
                self.links[key] = Link(key, _number(row["id_preso"]), visitor, kinship)
        for row in rows.get("vw_visita", ()):
            key = _number(row["id_origem"])
            if key % VISITS_KNOWN == 0:
                self.visits[key] = None

    def _hold(self, row: Row) -> None:
        prisoner, arrested = _number(row["id_preso"]), row["dt_prisao"]
        assert isinstance(arrested, date)
        self.free.pop(prisoner, None)
        self.held[prisoner] = Held(
            _number(row["id_origem"]), prisoner, _number(row["id_unidade"]), str(row["situacao"]), str(row["regime"]),
            arrested
        )  # fmt: skip

    def write(self, path: Path) -> None:
        rows: list[tuple[object, ...]] = []
        for held in self.held.values():
            detail = f"{held.situation} {held.regime} {held.arrested}"
            rows.append(("held", held.custody, held.prisoner, held.unit, detail))
        rows += [("free", "", key, "", "") for key in self.free]
        rows += [
            ("link", link.key, link.prisoner, "", f"{link.visitor} {link.kinship}") for link in self.links.values()
        ]
        rows += [("visit", key, "", "", "") for key in self.visits]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])

    def read(self, path: Path) -> None:
        """Add what a file says."""
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._read(row["kind"], row)

    def _read(self, kind: str, row: dict[str, str]) -> None:
        detail = row["detail"].split()
        if kind == "held":
            prisoner, arrested = int(row["prisoner"]), date.fromisoformat(detail[2])
            self.held[prisoner] = Held(int(row["key"]), prisoner, int(row["unit"]), detail[0], detail[1], arrested)
        elif kind == "free":
            self.free[int(row["prisoner"])] = None
        elif kind == "link":
            self.links[int(row["key"])] = Link(int(row["key"]), int(row["prisoner"]), int(detail[0]), detail[1])
        else:
            self.visits[int(row["key"])] = None


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def collect(folder: Path) -> None:
    """Make roster.csv of a state out of the parts its shards left."""
    parts = sorted(folder.glob("roster.*.csv"))
    roster = Roster()
    for part in parts:
        roster.read(part)
    roster.write(folder / "roster.csv")
    for part in parts:
        part.unlink()
