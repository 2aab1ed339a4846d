"""The situations that rules and crossings look for, made after everything else from a stream of their own.

Their people are new, in the block of numbers and keys that the units leave free, so that no other row of a seed changes
with them. They are in no roster: a next day leaves them as the truth (situations.csv, missing.csv) says.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from fictitious import states, truth
from fictitious.country import Country
from fictitious.render.files import Writer
from fictitious.rows import Rows
from fictitious.shop import HUMANS_PER_SHARD, Shop
from fictitious.situations import custody, identity, unknown, visiting
from fictitious.situations.scene import Scene
from fictitious.truth import Truth

SITUATIONS = ("kind", "number", "human_id", "origin", "view", "id_origem")
MISSING = (
    "missing_id", "name", "mother_name", "age", "sex", "marks", "last_seen_on", "last_seen_uf", "human_id", "origin",
    "view", "id_origem",
)  # fmt: skip
BLOCK = 0  # of numbers: the shards begin at 1, and of block 0 only the units have keys
NAME = "situations"  # of the files of rows
LEAST_PEOPLE = 1_000  # a country that large has each kind at least once
MOST = 20  # of a kind, however large the country: a block has 3,000 people
# How many in 10,000 people.
KINDS: dict[str, tuple[Callable[[Scene], None], float]] = {
    "unidentified": (unknown.unidentified, 6),
    "missing_in_custody": (unknown.missing_in_custody, 2),
    "missing_elsewhere": (unknown.missing_elsewhere, 3),
    "lawyer_visitor": (visiting.lawyer_visitor, 2),
    "lawyer_in_custody": (visiting.lawyer_in_custody, 1),
    "visitor_in_custody": (visiting.visitor_in_custody, 2),
    "visited_in_custody": (visiting.visited_in_custody, 1),
    "visitor_of_many": (visiting.visitor_of_many, 1),
    "shared_contact": (visiting.shared_contact, 2),
    "minor_alone": (visiting.minor_alone, 1),
    "prisoner_absent": (visiting.prisoner_absent, 1),
    "cpf_two_people": (identity.cpf_two_people, 2),
    "rji_two_people": (identity.rji_two_people, 1),
    "photo_two_people": (identity.photo_two_people, 2),
    "two_sexes": (identity.two_sexes, 1),
    "under_age": (identity.under_age, 1),
    "birth_in_future": (identity.birth_in_future, 1),
    "two_units": (custody.two_units, 2),
    "custody_gap": (custody.custody_gap, 2),
    "exit_without_entry": (custody.exit_without_entry, 1),
    "event_after_death": (custody.event_after_death, 1),
    "held_after_death": (custody.held_after_death, 1),
    "held_after_release": (custody.held_after_release, 1),
    "exit_before_entry": (custody.exit_before_entry, 1),
    "man_in_womens_unit": (custody.man_in_womens_unit, 1),
    "pregnant_man": (custody.pregnant_man, 1),
    "capacity_jump": (custody.capacity_jump, 0.25),
    "twins_alike": (identity.twins_alike, 2),
}
# What the views of a state must show for a situation to be seen there.
NEEDS = {
    "shared_contact": (("vw_preso", "telefone"), ("vw_visitante", "telefone")),
    "minor_alone": (("vw_visita", "menor_acompanhado"),),
    "rji_two_people": (("vw_preso", "rji"),),
    "pregnant_man": (("vw_preso", "gestante"),),
    "photo_two_people": (("vw_preso_foto", "conteudo_ou_uri"),),
}


def add(country: Country, folder: Path) -> tuple[Truth, Counter[tuple[str, str]]]:
    """Write the rows and the truth files of the situations; their people, and how many rows of each state and view."""
    shop = Shop(Random(f"{country.seed}:situations"), country.plan(), Rows(BLOCK), Truth(), BLOCK)
    scene = Scene(shop)
    for place, (kind, (act, rate)) in enumerate(KINDS.items()):
        scene.able = tuple(uf for uf in country.states if shows(uf, NEEDS.get(kind, ())))
        for number in range(how_many(country, rate) if scene.able else 0):
            scene.kind, scene.number, scene.turn = kind, number, place + number
            act(scene)
    if shop.humans >= HUMANS_PER_SHARD:
        raise ValueError("the situations have more people than their block of numbers")
    counts: Counter[tuple[str, str]] = Counter()
    for uf, rows in shop.rows.take().items():
        Writer(states.profile(uf), folder / uf, NAME).write(rows)
        counts.update({(uf, view): len(made) for view, made in rows.items()})
    told: list[tuple[str, ...]] = [(kind, str(number), *rest) for kind, number, *rest in scene.told]
    truth.append(folder / "truth" / "situations.csv", SITUATIONS, told)
    truth.append(folder / "truth" / "missing.csv", MISSING, scene.missing)
    return shop.truth, counts


def how_many(country: Country, rate: float) -> int:
    """Situations of one kind; none in a country too small to spare the people."""
    least = 1 if country.people * country.situations >= LEAST_PEOPLE else 0
    return min(MOST, max(least, round(country.people / 10_000 * rate * country.situations)))


def shows(uf: str, needed: tuple[tuple[str, str], ...]) -> bool:
    """Whether the state's views have these fields."""
    views = {view.contract: view for view in states.profile(uf).views}
    return all(view in views and any(field in table.columns for table in views[view].tables) for view, field in needed)
