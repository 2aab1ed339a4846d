"""Rows that no load can take as they are, and rows that look so and are taken: one entry per class of spoilage.

Struck after everything else is made and from dice of its own, so that the rest of a country stays as its seed says.
`truth/rejected.csv` names the rows that must be in quarantine, each with its class; their children wait with them.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from fictitious import contract, states, truth
from fictitious.contract import Field
from fictitious.rows import KEYS_PER_SHARD, REFERENCES, UNKNOWN, Raw, Row, Value
from fictitious.states.spec import Profile

# Of all rows, times the country's own factor. Nobody has published such a rate: a state that delivers weekly by hand
# corrects about one row in a thousand (invented).
RATE = 0.0012
# A person's row keeps all rows of that person waiting: struck less often than the others.
SHARE = {"vw_preso": 0.5, "vw_visitante": 0.5, "vw_advogado": 0.5}
REJECTED = "rejected"  # label in the truth of a person's record that cannot be in the registry
COLUMNS = ("origin", "view", "id_origem", "class", "field", "was")

KEPT = frozenset({"id_origem", "st_registro", "sha256"})
UPDATED = "dt_atualizacao"
PHOTO = "blob/text"
UNDECLARED = ("NAO INFORMADO", "IGNORADO")  # the forms that states without accents write alike
LONGEST_TEXT = 200
GARBAGE = "SEM CODIGO NESTE CAMPO " * 5  # longer than any raw code that is kept
ABSURD = (99_999, 2_147_483_647)
CONTROLS = "\x1f\x1e\x07"
IMPOSSIBLE = {"%d": "31", "%m": "02", "%Y": "2019", "%H": "25", "%M": "61", "%S": "61"}


@dataclass(frozen=True)
class Place:
    """A field of a view as one state keeps it."""

    profile: Profile
    view: str
    field: Field

    @property
    def required(self) -> bool:
        return self.field.required

    @property
    def style(self) -> str:
        """The format of a date or time that the state keeps as text; empty for what it does not."""
        kept = {"date": self.profile.dates, "timestamp": None if self.changed else self.profile.times}
        return kept.get(self.field.kind) or ""

    @property
    def domain(self) -> str | None:
        return contract.domain_of(self.view, self.field.name)

    @property
    def reference(self) -> bool:
        return self.field.name in REFERENCES

    @property
    def plain(self) -> bool:
        """True for text that is neither a code nor a key."""
        return self.field.kind in ("varchar", "char", "text") and not self.domain and not self.reference

    @property
    def length(self) -> int:
        return self.field.length or sys.maxsize

    @property
    def changed(self) -> bool:
        return self.field.name == UPDATED

    @property
    def time(self) -> bool:
        """True for a time that is not the watermark."""
        return self.field.kind == "timestamp" and not self.changed


Fits = Callable[[Place], bool]
Make = Callable[[Random, Place, Row], Value]


@dataclass(frozen=True)
class Spoilage:
    """A class: how often against the others, the fields it fits, and what it leaves there of a row.

    `rejected` is False where the contract takes the value, odd as it is.
    """

    label: str
    weight: float
    fits: Fits
    make: Make
    rejected: bool = True


def _always(value: Value) -> Make:
    return lambda _rng, _place, _row: value


def _kind(kind: str) -> Fits:
    return lambda place: place.field.kind == kind


def _number(row: Row) -> int:
    key = row["id_origem"]
    assert isinstance(key, int)
    return key


def _orphan(rng: Random, _place: Place, row: Row) -> Value:
    """A key of the row's own block that no row ever gets."""
    key = _number(row)
    return key - key % KEYS_PER_SHARD + KEYS_PER_SHARD - 1 - rng.randrange(100)


def _impossible(_rng: Random, place: Place, _row: Row) -> Value:
    style = place.style
    for part, digits in IMPOSSIBLE.items():
        style = style.replace(part, digits)
    return Raw(style)


def _zero(_rng: Random, place: Place, _row: Row) -> Value:
    style = place.style
    for part, digits in IMPOSSIBLE.items():
        style = style.replace(part, "0" * len(digits))
    return Raw(style)


def _later(rng: Random, place: Place, row: Row) -> Value:
    changed = row[place.field.name]
    assert isinstance(changed, datetime)
    return changed + timedelta(days=rng.randint(4_000, 8_000))


def _lost(_rng: Random, place: Place, row: Row) -> Value:
    return f"perdidas/{_number(row)}.png" if place.profile.photos == "path" else None


def _controlled(_rng: Random, place: Place, row: Row) -> Value:
    return str(row.get(place.field.name) or "") + CONTROLS


CLASSES = (
    Spoilage("required_empty", 2, lambda at: at.required and not at.changed and at.field.kind != PHOTO, _always(None)),
    Spoilage("not_declared", 1, lambda at: at.field.name == "nome", lambda rng, _place, _row: rng.choice(UNDECLARED)),
    Spoilage("orphan", 2, lambda at: at.reference and at.required, _orphan),
    Spoilage("impossible_date", 2, lambda at: bool(at.style), _impossible),
    Spoilage("zero_date", 2, lambda at: bool(at.style), _zero),
    # The last hour of 9999 is in no year there is, once a state west of Greenwich makes an instant of it.
    Spoilage("endless_time", 1, lambda at: at.time, _always(datetime(9999, 12, 31, 23, 59))),
    Spoilage("infinite_time", 1, lambda at: at.time and not at.style, _always(Raw("infinity"))),
    # Documents that are columns of the prisoner's row have its date: one row would be several.
    Spoilage("change_missing", 1, lambda at: at.changed and not (at.profile.folded and at.view == "vw_preso"),
        _always(None)),
    Spoilage("number_negative", 1, _kind("int"), lambda rng, _place, _row: -rng.randint(1, 99)),
    Spoilage("too_long", 1, lambda at: at.plain and at.length <= LONGEST_TEXT,
        lambda rng, place, _row: "X" * (place.length + rng.randint(1, 40))),
    Spoilage("code_garbage", 0.7, lambda at: bool(at.domain) and at.domain not in at.profile.lookups,
        _always(GARBAGE)),
    Spoilage("odd_flag", 1, lambda at: at.field.kind == "bool" and bool(at.profile.flags), _always(Raw("NI"))),
    Spoilage("photo_broken", 6, _kind(PHOTO), _always(b"\xff\xfeisto nao e uma imagem")),
    Spoilage("photo_missing", 6, _kind(PHOTO), _lost),
    Spoilage("change_future", 1, lambda at: at.changed, _later, rejected=False),
    Spoilage("number_absurd", 0.5, _kind("int"), lambda rng, _place, _row: rng.choice(ABSURD), rejected=False),
    Spoilage("year_one", 0.5, lambda at: at.field.kind == "date" and not at.style, _always(date.min), rejected=False),
    Spoilage("control_character", 0.5, lambda at: at.plain and at.length >= LONGEST_TEXT, _controlled, rejected=False),
    Spoilage("unmapped_code", 0.7, lambda at: bool(at.domain), _always(UNKNOWN), rejected=False),
)  # fmt: skip

Choice = tuple[Spoilage, tuple[Place, ...]]


@cache
def _choices(uf: str, view: str) -> tuple[tuple[Choice, ...], tuple[float, ...]]:
    """The classes that fit fields which the state has in a view, and their weights."""
    profile = states.profile(uf)
    native = {name for spec in profile.views if spec.contract == view for one in spec.tables for name in one.columns}
    places = [Place(profile, view, given) for name, given in contract.views()[view].items() if name in native - KEPT]
    found = [(one, tuple(place for place in places if one.fits(place))) for one in CLASSES]
    kept = tuple((one, fitting) for one, fitting in found if fitting)
    return kept, tuple(one.weight for one, _ in kept)


@dataclass(slots=True)
class Struck:
    """A row and what befell one of its fields; `was` is what it held."""

    uf: str
    view: str
    key: int
    label: str
    field: str
    was: Value
    rejected: bool


def strike(rng: Random, uf: str, rows: dict[str, list[Row]], factor: float) -> list[Struck]:
    """Spoil some rows of a state in place; those that were struck, in their order."""
    return [made for view, found in rows.items() for made in _strike(rng, uf, view, found, factor)]


def _strike(rng: Random, uf: str, view: str, rows: list[Row], factor: float) -> Iterator[Struck]:
    choices, weights = _choices(uf, view)
    rate = RATE * factor * SHARE.get(view, 1.0)
    for row in rows if choices else ():
        if rng.random() < rate:
            spoilage, places = rng.choices(choices, weights)[0]
            place = rng.choice(places)
            name, was = place.field.name, row.get(place.field.name)
            row[name] = spoilage.make(rng, place, row)
            yield Struck(uf, view, _number(row), spoilage.label, name, was, spoilage.rejected)


def label(made: truth.Truth, struck: list[Struck]) -> None:
    """Name what struck people's own records in the truth."""
    labels = {(one.uf, one.view, one.key): {one.label} | ({REJECTED} if one.rejected else set()) for one in struck}
    made.records = [
        (human, uf, view, key, ";".join(sorted({*filter(None, noise.split(";")), *labels.get((uf, view, key), ())})))
        for human, uf, view, key, noise in made.records
    ]


def write(struck: list[Struck], path: Path) -> None:
    """Append the rejected rows to a file of the truth."""
    rows: list[tuple[str, ...]] = [
        (one.uf, one.view, states.profile(one.uf).key(one.view, one.key), one.label, one.field, _written(one.was))
        for one in struck
        if one.rejected
    ]
    truth.append(path, COLUMNS, rows)


def _written(was: Value) -> str:
    """A value as the file keeps it; photographs are left out, a mended one is drawn anew."""
    return "" if was is None or isinstance(was, bytes) else str(was)
