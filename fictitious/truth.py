"""Who is who: the clean humans, and which records are of the same one."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fictitious.people import Human
from fictitious.states.spec import Profile

HUMANS = ("human_id", "name", "mother_name", "birth_date", "sex", "cpf", "kinds")
RECORDS = ("human_id", "origin", "view", "id_origem", "noise")
KINDS = {"vw_preso": "P", "vw_visitante": "V", "vw_advogado": "L"}


@dataclass(slots=True)
class Truth:
    """The truth of one shard; `noise` lists the classes that struck a record, separated by semicolons."""

    humans: dict[int, Human] = field(default_factory=dict)
    kinds: dict[int, set[str]] = field(default_factory=dict)
    records: list[tuple[int, str, str, int, str]] = field(default_factory=list)

    def record(self, human: Human, uf: str, view: str, key: int, noise: list[str]) -> None:
        self.humans[human.number] = human
        self.kinds.setdefault(human.number, set()).add(KINDS[view])
        self.records.append((human.number, uf, view, key, ";".join(sorted(noise))))


def human_id(number: int) -> str:
    return f"H{number:09d}"


def human_rows(truth: Truth) -> list[tuple[str, ...]]:
    """Rows of humans.csv in order of their number; kinds among P, V and L, as in P;V."""
    rows: list[tuple[str, ...]] = []
    for number, human in sorted(truth.humans.items()):
        cpf = human.papers.cpf if human.papers else ""
        kinds = ";".join(sorted(truth.kinds[number]))
        rows.append((human_id(number), human.name, human.mother_name, human.born.isoformat(), human.sex, cpf, kinds))
    return rows


def append(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Add rows to a CSV file, with its header if it is new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(header)
        writer.writerows(rows)


@dataclass(slots=True)
class Known:
    """The truth of a whole country as its files say, to be corrected by a next day."""

    names: dict[str, str]
    rows: list[dict[str, str]]

    def misspelled(self, profile: Profile, classes: set[str]) -> dict[int, str]:
        """Our number of each prisoner's record of a state that one of the classes struck → the human's right name."""
        found = {}
        for row in self.rows:
            if row["origin"] == profile.uf and row["view"] == "vw_preso" and classes & set(row["noise"].split(";")):
                found[profile.number("vw_preso", row["id_origem"])] = self.names[row["human_id"]]
        return found

    def relabel(
        self,
        uf: str,
        keys: Iterable[str],
        drop: set[str] | None = None,
        add: str | None = None,
        view: str = "vw_preso",
    ) -> None:
        """Change the noise labels of some people's records."""
        wanted = set(keys)
        for row in self.rows:
            if row["origin"] == uf and row["view"] == view and row["id_origem"] in wanted:
                labels = set(filter(None, row["noise"].split(";"))) - (drop or set()) | ({add} if add else set())
                row["noise"] = ";".join(sorted(labels))

    def save(self, folder: Path) -> None:
        with (folder / "records.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, RECORDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)


def read(folder: Path) -> Known:
    """The truth files of a country."""
    with (folder / "humans.csv").open(encoding="utf-8", newline="") as file:
        names = {row["human_id"]: row["name"] for row in csv.DictReader(file)}
    with (folder / "records.csv").open(encoding="utf-8", newline="") as file:
        return Known(names, list(csv.DictReader(file)))
