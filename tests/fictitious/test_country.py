"""The country has the people asked for, the truth matches the files, and the same seed gives the same bytes."""

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from fictitious import states
from fictitious.__main__ import main
from fictitious.country import Country
from fictitious.generate import generate
from fictitious.shop import HUMANS_PER_SHARD
from tests.fictitious.conftest import PEOPLE, STATES
from tests.fictitious.test_documents import cpf_checks

KEYS = {"vw_preso": 0, "vw_visitante": 0, "vw_advogado": 0}


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def columns(folder: Path, table: str) -> list[list[str]]:
    """Rows of a native table's files."""
    files = sorted((folder / "tables" / table).glob("*.copy"))
    return [line.split("\t") for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_same_seed_gives_the_same_bytes_however_many_work(tmp_path: Path) -> None:
    for name, workers in (("one", 1), ("two", 2)):
        generate(Country(1_500, "same", ("PB", "RJ")), tmp_path / name, workers)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    for seed in ("a", "b"):
        generate(Country(300, seed, ("SE",)), tmp_path / seed, 1)
    assert (tmp_path / "a/truth/humans.csv").read_bytes() != (tmp_path / "b/truth/humans.csv").read_bytes()


def test_another_today_moves_the_country_in_time(tmp_path: Path) -> None:
    generate(Country(300, "t", ("SE",), date(2024, 1, 31)), tmp_path, 1)
    moved = columns(tmp_path / "SE", "movements")
    assert max(row[3] for row in moved) < "2024-01-31 06:00"
    assert max(row[3] for row in moved) > "2023-12-01"


def test_there_are_as_many_people_as_asked_and_those_of_the_situations(humans: dict[str, dict[str, str]]) -> None:
    added = [human for human in humans if int(human.lstrip("H")) < HUMANS_PER_SHARD]
    assert len(humans) - len(added) == PEOPLE
    assert 0 < len(added) < PEOPLE / 50


def test_prisoners_visitors_and_lawyers_keep_their_shares(humans: dict[str, dict[str, str]]) -> None:
    kinds = Counter(kind for human in humans.values() for kind in human["kinds"].split(";"))
    assert kinds["P"] / PEOPLE == pytest.approx(0.55, abs=0.03)
    assert kinds["V"] / PEOPLE == pytest.approx(0.44, abs=0.03)
    assert kinds["L"] / PEOPLE == pytest.approx(0.02, abs=0.005)
    assert any(human["kinds"] == "P;V" for human in humans.values())


def test_every_human_of_the_truth_is_clean(humans: dict[str, dict[str, str]]) -> None:
    assert all(cpf_checks(human["cpf"]) for human in humans.values())
    assert len({human["cpf"] for human in humans.values()}) == len(humans)
    assert all("Ã" not in human["name"] or "ÃO" in human["name"] for human in humans.values())
    assert all(human["name"] == " ".join(human["name"].split()) for human in humans.values())


@pytest.mark.parametrize("uf", STATES)
@pytest.mark.parametrize("view", sorted(KEYS))
def test_the_truth_has_every_record_and_no_other(
    uf: str, view: str, country: Path, records: list[dict[str, str]], humans: dict[str, dict[str, str]]
) -> None:
    profile = states.profile(uf)
    table = next(spec.tables[0].name for spec in profile.views if spec.contract == view)
    stored = [row[0] for row in columns(country / uf, table)]
    told = [record for record in records if (record["origin"], record["view"]) == (uf, view)]
    assert sorted(stored) == sorted(record["id_origem"] for record in told)
    assert all(record["human_id"] in humans for record in told)


def test_some_humans_have_records_in_two_states_and_twice_in_one(records: list[dict[str, str]]) -> None:
    places: dict[str, list[str]] = {}
    for record in records:
        if record["view"] == "vw_preso":
            places.setdefault(record["human_id"], []).append(record["origin"])
    two_states = sum(len(set(found)) > 1 for found in places.values()) / len(places)
    same_state = sum(len(set(found)) < len(found) for found in places.values()) / len(places)
    assert two_states == pytest.approx(0.05, abs=0.012)
    assert same_state == pytest.approx(0.03, abs=0.012)


def test_there_are_twins_and_juniors(humans: dict[str, dict[str, str]]) -> None:
    births = Counter((human["mother_name"], human["birth_date"]) for human in humans.values())
    assert max(births.values()) >= 2
    assert any(human["name"].endswith("Júnior") for human in humans.values())


def test_names_are_as_common_as_in_the_state(humans: dict[str, dict[str, str]], records: list[dict[str, str]]) -> None:
    surnames: dict[str, Counter[str]] = {uf: Counter() for uf in STATES}
    for record in records:
        surnames[record["origin"]].update(humans[record["human_id"]]["name"].split()[1:])
    silva = {uf: found["Silva"] / found.total() for uf, found in surnames.items()}
    assert silva["PE"] > silva["SP"] * 1.3


def test_states_keep_photos_inside_or_in_a_folder(country: Path) -> None:
    inside = columns(country / "AL", "interno_foto")[0]
    apart = columns(country / "PE", "foto")[0]
    assert any(value.startswith("\\\\x89504e47") for value in inside)
    path = next(value for value in apart if value.endswith(".png"))
    assert (country / "PE" / "photos" / path).read_bytes().startswith(b"\x89PNG")


def test_most_physical_units_are_over_capacity(country: Path) -> None:
    held = Counter(row[2] for row in columns(country / "SP", "tb_permanencia") if row[10] == "\\N")
    places: Counter[str] = Counter()
    for row in columns(country / "SP", "tb_unidade_vaga"):
        places[row[1]] += int(row[4])
    crowded = sum(held[unit] > room for unit, room in places.items())
    assert 0.45 < crowded / len(places) < 0.85


def test_the_file_of_the_country_counts_its_rows(country: Path) -> None:
    told = json.loads((country / "country.json").read_text(encoding="utf-8"))
    assert told["counts"]["AL"]["vw_preso"] == len(columns(country / "AL", "interno"))
    assert sum(sum(views.values()) for views in told["counts"].values()) < PEOPLE * 25


def test_an_unknown_state_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["generate", "--states", "XX", "--out", str(tmp_path)])
    assert "unknown state: XX" in capsys.readouterr().err
