"""Make a country: every shard by itself, on as many processes as there are cores, into a folder."""

import multiprocessing
import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from fictitious import roster, shard, situations, spoiled, states, truth
from fictitious.country import Country, Shard
from fictitious.facilities import Unit
from fictitious.render import mapping, schema
from fictitious.render.files import Writer
from fictitious.roster import Roster
from fictitious.rows import Row
from fictitious.spoiled import Struck
from fictitious.states.spec import Profile
from fictitious.truth import Truth, human_id, human_rows

Counts = Counter[tuple[str, str]]


def generate(country: Country, folder: Path, workers: int) -> None:
    """Write the country into `folder`; what an earlier country left there is removed."""
    for name in ("truth", *country.states):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    counts: Counts = Counter()
    for uf in country.states:
        counts.update(_state(country, uf, folder / uf))
    for counted in _each(country, folder, workers):
        counts.update(counted)
    _join_truth(folder, country.shards())
    added, rows = situations.add(country, folder)
    write_truth(added, folder / "truth")
    counts.update(rows)
    for uf in country.states:
        roster.collect(folder / uf)
    country.counts = {
        uf: {view: n for (state, view), n in sorted(counts.items()) if state == uf} for uf in country.states
    }
    country.save(folder)


def _each(country: Country, folder: Path, workers: int) -> list[Counts]:
    tasks = [(country, one, folder) for one in country.shards()]
    if workers < 2 or len(tasks) < 2:
        return [_shard(task) for task in tasks]
    with multiprocessing.get_context("spawn").Pool(min(workers, len(tasks))) as pool:
        return list(pool.imap_unordered(_shard, tasks))


def _shard(task: tuple[Country, Shard, Path]) -> Counts:
    """Write one shard; how many rows of each state and view it has."""
    country, one, folder = task
    name = f"{one.number:05d}"
    counts: Counts = Counter()
    writers: dict[str, Writer] = {}
    rosters: dict[str, Roster] = {}
    struck: list[Struck] = []
    dice = Random(f"{country.seed}:spoiled:{one.number}")
    shop, batches = shard.people(country.seed, one.number, one.uf, one.people, country.plan())
    for batch in batches:
        for uf, rows in batch.items():
            writer = writers.setdefault(uf, Writer(states.profile(uf), folder / uf, name))
            # The next days go on from what happened, not from what was mistyped.
            rosters.setdefault(uf, Roster()).add(rows)
            struck += spoiled.strike(dice, uf, rows, country.spoiled)
            writer.write(rows)
            counts.update({(uf, view): len(made) for view, made in rows.items()})
    for uf, kept in rosters.items():
        kept.write(folder / uf / f"roster.{name}.csv")
    spoiled.label(shop.truth, struck)
    write_truth(shop.truth, folder / "truth", f".{name}")
    spoiled.write(struck, folder / "truth" / f"rejected.{name}.csv")
    return counts


def write_truth(made: Truth, folder: Path, suffix: str = "") -> None:
    """Append humans and records to the truth files."""
    truth.append(folder / f"humans{suffix}.csv", truth.HUMANS, human_rows(made))
    records: list[tuple[str, ...]] = [
        (human_id(number), uf, view, states.profile(uf).key(view, key), noise)
        for number, uf, view, key, noise in made.records
    ]
    truth.append(folder / f"records{suffix}.csv", truth.RECORDS, records)


def _join_truth(folder: Path, shards: list[Shard]) -> None:
    """One file of each kind out of the shards' files."""
    for kind in ("humans", "records", "rejected"):
        with (folder / "truth" / f"{kind}.csv").open("wb") as whole:
            for position, one in enumerate(shards):
                part = folder / "truth" / f"{kind}.{one.number:05d}.csv"
                lines = part.read_bytes()
                whole.write(lines if position == 0 else lines.partition(b"\n")[2])
                part.unlink()


def _state(country: Country, uf: str, folder: Path) -> Counts:
    """The state's schema, mapping and units."""
    profile = states.profile(uf)
    found(profile, folder)
    rows = unit_rows(country.plan().estates(uf).units, country.today)
    Writer(profile, folder, "00000").write(rows)
    return Counter({(uf, view): len(made) for view, made in rows.items()})


def found(profile: Profile, folder: Path) -> None:
    """The schema and the mapping of a state without rows."""
    folder.mkdir(parents=True)
    (folder / "schema.sql").write_text(schema.tables(profile), encoding="utf-8")
    (folder / "mapping.yaml").write_text(mapping.mapping(profile), encoding="utf-8")
    if profile.photos == "path":
        (folder / "photos").mkdir()


def unit_rows(listed: Iterable[Unit], today: date) -> dict[str, list[Row]]:
    """Rows of the units of a state and of their places, as of a year before."""
    changed = datetime.combine(today, time(5)) - timedelta(days=365)
    common: Row = {"dt_atualizacao": changed, "st_registro": "A"}
    units: list[Row] = []
    capacities: list[Row] = []
    for unit in listed:
        words = [word for word in unit.name.split() if len(word) > 2]
        units.append(common | {
            "id_origem": unit.number, "nome": unit.name,
            "sigla": "".join(word[0] for word in words)[:8] + str(unit.number),
            "cod_senappen": f"{unit.city.ibge[:2]}{unit.number:05d}", "tipo": unit.kind, "modalidade": unit.modality,
            "sexo_destinado": unit.sex, "gestao": unit.management, "cod_municipio_ibge": unit.city.ibge,
            "vagas_desativadas": unit.disabled,
        })  # fmt: skip
        for (regime, sex), places in unit.capacity.items():
            capacities.append(common | {
                "id_origem": len(capacities) + 1, "id_unidade": unit.number, "regime": regime, "sexo": sex,
                "vagas": places,
            })  # fmt: skip
    return {"vw_unidade": units, "vw_unidade_capacidade": capacities}
