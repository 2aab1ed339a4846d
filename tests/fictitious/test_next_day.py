"""The following day: the same after the same, applied once, and the truth follows."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fictitious import states
from fictitious.__main__ import main
from fictitious.country import Country
from fictitious.generate import generate
from fictitious.next_day import next_day
from fictitious.render import postgres
from fictitious.states.spec import Profile
from tests.fictitious.test_country import digest

UFS = ("RN", "CE")
PREFIX = "fictitious_days_"  # other tests load states on the same server


def profile_of(uf: str) -> Profile:
    return replace(states.profile(uf), prefix=PREFIX)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    generate(Country(1_200, "days", UFS, spoiled=0), tmp_path / "country", 1)
    return tmp_path / "country"


@pytest.fixture
def loaded(folder: Path, states_server: str) -> Iterator[Path]:
    main(["load", "--from", str(folder), "--dsn", states_server, "--prefix", PREFIX])
    yield folder
    with psycopg.connect(states_server, autocommit=True) as connection:
        for uf in UFS:
            name = sql.Identifier(profile_of(uf).database)
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def content(server: str, uf: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all views of a state."""
    profile = profile_of(uf)
    with psycopg.connect(make_conninfo(server, dbname=profile.database)) as connection:
        names = [f"{profile.schema}.{view.name}" for view in profile.views]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}


def test_the_same_days_follow(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    for where in (folder, tmp_path / "copy"):
        assert [next_day(where), next_day(where)] == [1, 2]
    assert digest(folder) == digest(tmp_path / "copy")


def test_one_day_differs_from_the_next(folder: Path) -> None:
    next_day(folder)
    next_day(folder)
    days = [(folder / "CE" / "days" / name / "changes.sql").read_text(encoding="utf-8") for name in ("0001", "0002")]
    assert days[0] != days[1]


def test_a_day_brings_changes_new_rows_and_deletions(loaded: Path, states_server: str) -> None:
    profile = profile_of("CE")
    before = content(states_server, "CE")
    main(["next-day", "--from", str(loaded), "--dsn", states_server, "--prefix", PREFIX])
    after = content(states_server, "CE")
    name = f"{profile.schema}.v_preso"
    assert len(after[name]) > len(before[name])
    visits = f"{profile.schema}.v_visita"
    kept = {row[0] for row in after[visits]}
    assert {row[0] for row in before[visits]} - kept
    links = f"{profile.schema}.v_visitante_preso"
    assert sum(row[-1] != before[links][0][-1] for row in after[links]) > sum(
        row[-1] != before[links][0][-1] for row in before[links]
    )


def test_changed_rows_move_their_watermark(loaded: Path, states_server: str) -> None:
    before = content(states_server, "RN")
    main(["next-day", "--from", str(loaded), "--dsn", states_server, "--prefix", PREFIX])
    newest = max(row[-2] for rows in before.values() for row in rows)
    for name, rows in content(states_server, "RN").items():
        known = {row[0]: row for row in before[name]}
        for row in rows:
            if known.get(row[0]) != row:
                assert row[-2] > newest


def test_applying_a_day_twice_changes_nothing(loaded: Path, states_server: str) -> None:
    main(["next-day", "--from", str(loaded), "--dsn", states_server, "--prefix", PREFIX])
    once = content(states_server, "CE")
    assert postgres.apply_days(states_server, profile_of("CE"), loaded / "CE") == []
    assert content(states_server, "CE") == once


def test_a_load_after_some_days_gives_the_same_database(loaded: Path, states_server: str) -> None:
    for _ in range(2):
        main(["next-day", "--from", str(loaded), "--dsn", states_server, "--prefix", PREFIX])
    walked = content(states_server, "RN")
    main(["load", "--from", str(loaded), "--dsn", states_server, "--prefix", PREFIX])
    assert content(states_server, "RN") == walked


def test_the_truth_follows(folder: Path) -> None:
    before = (folder / "truth" / "records.csv").read_text(encoding="utf-8").count("\n")
    people = (folder / "truth" / "humans.csv").read_text(encoding="utf-8").count("\n")
    next_day(folder)
    with (folder / "truth" / "records.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    with (folder / "truth" / "humans.csv").open(encoding="utf-8", newline="") as file:
        humans = {row["human_id"]: row for row in csv.DictReader(file)}
    assert len(records) + 1 > before
    assert len(humans) + 1 > people
    assert all(record["human_id"] in humans for record in records)
    assert len({human["cpf"] for human in humans.values()}) == len(humans)
