"""Who is who: the clean humans, and which records are of the same one."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from fictitious.people import Human

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
