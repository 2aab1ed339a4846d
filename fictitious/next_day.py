"""One following day of a country: arrests, releases, transfers, visits, corrections and deletions.

Day 1 follows `today`, day 2 day 1. A day is made from the seed and from what the days before left in the rosters,
so the same days always follow. It is kept as files; applying it to databases is another step and can be repeated.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from fictitious import documents, families, people, prisoners, releases, shard, spoiled, states, truth, visits
from fictitious.country import Country
from fictitious.custody import Move, Stay
from fictitious.facilities import Unit
from fictitious.generate import write_truth
from fictitious.mended import Book
from fictitious.render import statements
from fictitious.render.files import Writer
from fictitious.roster import Held, Roster
from fictitious.rows import Row, Rows
from fictitious.shop import Shop
from fictitious.spoiled import Struck
from fictitious.truth import Truth

# Of those the roster holds, each day.
RATES = {
    "arrest": 0.002, "release": 0.0015, "transfer": 0.003, "hearing": 0.006, "visit": 0.04, "contact": 0.004,
    "link_ended": 0.0006, "visit_deleted": 0.002, "registration_deleted": 0.0004, "name_corrected": 0.01,
}  # fmt: skip
NAME_NOISE = {"homophone", "surname_dropped", "mojibake", "trailing_spaces"}


@dataclass(slots=True)
class Day:
    """What changes in one state; new rows are in the shop."""

    shop: Shop
    uf: str
    roster: Roster
    names: dict[int, str]
    since: datetime
    updates: list[tuple[str, int, Row]] = field(default_factory=list)
    deletes: list[tuple[str, int]] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    corrected: list[int] = field(default_factory=list)

    def some(self, what: str, among: Iterable[int], least: int = 0) -> list[int]:
        """As many keys as the rate of `what` says."""
        keys = list(among)
        count = min(len(keys), max(least, round(len(keys) * RATES[what])))
        return self.shop.rng.sample(keys, count)

    def hour(self) -> datetime:
        """A working hour of the day."""
        rng = self.shop.rng
        return self.since.replace(hour=rng.randint(8, 17), minute=rng.randrange(60))

    def change(self, view: str, key: int, fields: Row) -> None:
        self.updates.append((view, key, fields | {"dt_atualizacao": self.stamp()}))

    def stamp(self) -> datetime:
        """A `dt_atualizacao` of this day, later than all of the days before."""
        return self.since + timedelta(seconds=self.shop.rng.randrange(46_800, 86_000))

    def unit(self, number: int) -> Unit:
        return self.shop.plan.estates(self.uf).units[number - 1]


def next_day(folder: Path) -> int:
    """Make the files of the day after the last one; its number."""
    country = Country.open(folder)
    country.days += 1
    number = len(country.shards()) + country.days
    shop = Shop(Random(f"{country.seed}:day:{country.days}"), country.plan(country.days), Rows(number), Truth(), number)
    known = truth.read(folder / "truth")
    book = Book.read(folder / "truth" / "rejected.csv")
    dice = Random(f"{country.seed}:spoiled:day:{country.days}")
    days = []
    for uf in country.states:
        roster = Roster()
        roster.read(folder / uf / "roster.csv")
        day = Day(shop, uf, roster, known.misspelled(states.profile(uf), NAME_NOISE), shop.limit - timedelta(days=1))
        _live(day)
        touched = {(view, key) for view, key, _ in day.updates} | set(day.deletes)
        day.updates += book.mend(dice, uf, day.since, touched, folder / uf / "photos")
        for row in book.strike_out(uf, day.updates, day.deletes):
            known.relabel(uf, [row["id_origem"]], drop={row["class"], spoiled.REJECTED}, view=row["view"])
        days.append(day)
    struck = _write(country, folder, days, dice)
    for day in days:
        profile = states.profile(day.uf)
        known.relabel(day.uf, [profile.key("vw_preso", key) for key in day.corrected], drop=NAME_NOISE)
        known.relabel(day.uf, [profile.key("vw_preso", key) for key in day.deleted], add="deleted")
    known.save(folder / "truth")
    spoiled.label(shop.truth, struck)
    write_truth(shop.truth, folder / "truth")
    book.save()
    spoiled.write(struck, book.path)
    country.save(folder)
    return country.days


def _live(day: Day) -> None:
    for key in day.some("release", day.roster.held, least=1):
        _release(day, day.roster.held.pop(key))
    for key in day.some("transfer", day.roster.held, least=1):
        _transfer(day, day.roster.held[key])
    for key in day.some("hearing", day.roster.held):
        unit = day.unit(day.roster.held[key].unit)
        prisoners.movement(
            day.shop, day.uf, key, Move("APRES_VIDEO", day.hour(), unit, reason="Audiência de instrução")
        )
    for key in day.some("visit", day.roster.links):
        _visit(day, key)
    _correct(day)
    _delete(day)
    for _ in range(max(1, round(len(day.roster.held) * RATES["arrest"]))):
        _arrest(day)


def _arrest(day: Day) -> None:
    """A new prisoner, who may be somebody's twin or Júnior like any other."""
    rng, uf = day.shop.rng, day.uf
    born = people.grown_up(rng, day.shop.plan.today)
    home = people.Household.of(rng, uf, born)
    family = families.Family(home, [home.child(rng, "F" if rng.random() < families.WOMEN else "M", born)])
    shard.write_family(day.shop, uf, family, [], arrested_today=True)


def _release(day: Day, held: Held) -> None:
    at, unit = day.hour(), day.unit(held.unit)
    kind, reason = releases.fitting(day.shop.rng, held.situation, held.regime)
    if kind in ("DOMIC_MON", "ABANDONO", "FUGA", "EVASAO"):
        kind, reason = "ALVARA", "Extinção/cumprimento da pena"
    prisoners.movement(day.shop, day.uf, held.prisoner, Move(kind, at, unit, reason=reason))
    day.change("vw_custodia", held.custody, {"dt_saida": at})
    day.roster.free[held.prisoner] = None


def _transfer(day: Day, held: Held) -> None:
    """From a cell to another unit of the regime."""
    rng, old = day.shop.rng, day.unit(held.unit)
    if old.modality != "CELA_FISICA":
        return
    sex = "F" if old.kind == "DIVERSOS" else "M"
    new = day.shop.plan.estates(day.uf).place(rng, held.regime, sex, old)
    if new is old:
        return
    leave = day.hour().replace(hour=rng.randint(8, 12))
    arrive = leave + timedelta(minutes=rng.randint(50, 300))
    for kind, at in (("TR_SAI_UF", leave), ("TR_ENT_UF", arrive)):
        prisoners.movement(day.shop, day.uf, held.prisoner, Move(kind, at, old, new))
    day.change("vw_custodia", held.custody, {"dt_saida": leave})
    stay = Stay(new, new.cell(rng), held.situation, held.regime, held.arrested, arrive)
    held.custody, held.unit = prisoners.custody(day.shop, day.uf, held.prisoner, stay), new.number


def _visit(day: Day, key: int) -> None:
    link = day.roster.links[key]
    held = day.roster.held.get(link.prisoner)
    if held and day.unit(held.unit).modality == "CELA_FISICA":
        row = visits.visit_row(day.shop, link.visitor, link.prisoner, held.unit, day.hour(), link.kinship, False)
        day.shop.rows.add(day.uf, "vw_visita", row)


def _correct(day: Day) -> None:
    """New address and telephone; a name typed right at last."""
    rng = day.shop.rng
    for key in day.some("contact", [*day.roster.held, *day.roster.free], least=1):
        fields: Row = {"endereco": people.address(rng, day.uf), "telefone": documents.phone(rng, day.uf)}
        day.change("vw_preso", key, fields)
    for key in day.some("name_corrected", day.names):
        day.change("vw_preso", key, {"nome": day.names[key]})
        day.corrected.append(key)


def _delete(day: Day) -> None:
    """Logical deletions of cards and of registrations of people who left; visits vanish altogether."""
    for key in day.some("link_ended", day.roster.links, least=1):
        del day.roster.links[key]
        day.change("vw_visitante_preso", key, {"st_registro": "E"})
    for key in day.some("registration_deleted", day.roster.free):
        del day.roster.free[key]
        day.change("vw_preso", key, {"st_registro": "E"})
        day.deleted.append(key)
    for key in day.some("visit_deleted", day.roster.visits, least=1):
        del day.roster.visits[key]
        day.deletes.append(("vw_visita", key))


def _write(country: Country, folder: Path, days: list[Day], dice: Random) -> list[Struck]:
    """The day's new rows, its statements and the rosters it leaves; the new rows that were spoiled."""
    name = f"{country.days:04d}"
    history: dict[str, dict[str, int]] = {}
    struck: list[Struck] = []
    taken = days[0].shop.rows.take()
    for day in days:
        profile, rows = states.profile(day.uf), taken.get(day.uf, {})
        for row in (row for made in rows.values() for row in made):
            typed = row.get("dt_registro")
            row["dt_atualizacao"] = max(day.stamp(), typed) if isinstance(typed, datetime) else day.stamp()
        day.roster.add(rows)
        struck += spoiled.strike(dice, day.uf, rows, country.spoiled)
        target = folder / day.uf / "days" / name
        target.mkdir(parents=True, exist_ok=True)
        Writer(profile, target, name, folder / day.uf / "photos").write(rows)
        lines = [line for view, key, fields in day.updates for line in statements.update(profile, view, key, fields)]
        lines += [line for view, key in day.deletes for line in statements.delete(profile, view, key)]
        (target / "changes.sql").write_text("\n".join(lines) + "\n", encoding="utf-8")
        day.roster.write(folder / day.uf / "roster.csv")
        inserted = sum(len(made) for made in rows.values())
        history[day.uf] = {"inserted": inserted, "updated": len(day.updates), "deleted": len(day.deletes)}
    country.history.append(history)
    return struck
