"""What the states mend of their rejected rows on a following day, and what is mended along with other changes."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from fictitious import contract, photos, states
from fictitious.render.files import keep_photo
from fictitious.rows import REFERENCES, Row, Value
from fictitious.spoiled import COLUMNS, UPDATED

RATE = 0.3  # of the rejected rows, each day: a technician goes through the list
PHOTO = "conteudo_ou_uri"
READERS: dict[str, Callable[[str], Value]] = {
    "int": int, "bool": lambda told: told == "True", "date": date.fromisoformat, "timestamp": datetime.fromisoformat,
}  # fmt: skip

Update = tuple[str, int, Row]  # view, our number, fields


@dataclass(slots=True)
class Book:
    """The rejected rows of a country, as truth/rejected.csv has them."""

    path: Path
    rows: list[dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> "Book":
        with path.open(encoding="utf-8", newline="") as file:
            return cls(path, list(csv.DictReader(file)))

    def save(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)

    def mend(self, rng: Random, uf: str, since: datetime, touched: set[tuple[str, int]], album: Path) -> list[Update]:
        """Updates that set some rows of a state right, at least one; never a row `touched` already."""
        among = [row for row in self.rows if row["origin"] == uf and _place(row) not in touched]
        chosen = rng.sample(among, min(len(among), max(1, round(len(among) * RATE))))
        return [_update(rng, row, since, album) for row in chosen]

    def strike_out(
        self, uf: str, updates: Iterable[Update], deletes: Iterable[tuple[str, int]]
    ) -> list[dict[str, str]]:
        """Forget the rows of a state whose fault these changes take away; the forgotten ones."""
        written = {(view, key, name) for view, key, fields in updates for name in fields}
        gone = set(deletes)
        settled = [
            row
            for row in self.rows
            if row["origin"] == uf and (_place(row) in gone or (*_place(row), row["field"]) in written)
        ]
        self.rows = [row for row in self.rows if row not in settled]
        return settled


def _place(row: dict[str, str]) -> tuple[str, int]:
    return row["view"], states.profile(row["origin"]).number(row["view"], row["id_origem"])


def _update(rng: Random, row: dict[str, str], since: datetime, album: Path) -> Update:
    view, key = _place(row)
    fields: Row = {} if row["field"] == UPDATED else {row["field"]: _restored(view, row["field"], row["was"])}
    if row["field"] == PHOTO:
        image = photos.portrait(rng, rng.choice("MF"), rng.randrange(1_000), rng.getrandbits(48))
        kept = states.profile(row["origin"]).photos == "path"
        fields[PHOTO] = keep_photo(album, view, key, image) if kept else image
    return view, key, fields | {UPDATED: since + timedelta(seconds=rng.randrange(46_800, 86_000))}


def _restored(view: str, name: str, text: str) -> Value:
    """The value that the file tells of."""
    kind = "int" if name in REFERENCES else contract.views()[view][name].kind
    return READERS.get(kind, str)(text) if text else None
