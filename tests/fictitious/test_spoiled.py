"""Rows that no load can take: as many as asked for, named in the truth, mended by following days."""

import csv
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from fictitious import spoiled, states
from fictitious.country import Country
from fictitious.generate import generate
from fictitious.next_day import next_day
from fictitious.render import statements
from fictitious.rows import Raw, Row
from tests.fictitious.test_country import columns

UFS = ("AL", "PE")
TIMES = 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    generate(Country(900, "spoiled", UFS, spoiled=TIMES), tmp_path / "messy", 1)
    return tmp_path / "messy"


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(rows: list[dict[str, str]]) -> set[tuple[str, str, str]]:
    return {(row["origin"], row["view"], row["id_origem"]) for row in rows}


def struck_of(uf: str, view: str, row: Row) -> set[tuple[str, object]]:
    """What the classes leave in a row of a view that is struck again and again: class and value."""
    rng, found = Random("struck"), set()
    for _ in range(1_000):
        rows = {view: [dict(row)]}
        for one in spoiled.strike(rng, uf, rows, 1_000):
            found.add((one.label, rows[view][0][one.field]))
    return found


def test_about_one_row_in_a_thousand_is_struck(country: Path) -> None:
    rows = sum(len(columns(country / "SP", table.name)) for view in states.profile("SP").views for table in view.tables)
    rejected = [row for row in read(country, "rejected") if row["origin"] == "SP"]

    assert 0.0004 < len(rejected) / rows < 0.002


def test_everything_else_of_a_seed_stays_the_same(folder: Path, tmp_path: Path) -> None:
    generate(Country(900, "spoiled", UFS, spoiled=0), tmp_path / "clean", 1)

    assert read(tmp_path / "clean", "rejected") == []
    assert read(tmp_path / "clean", "humans") == read(folder, "humans")
    for uf in UFS:
        assert (tmp_path / "clean" / uf / "roster.csv").read_bytes() == (folder / uf / "roster.csv").read_bytes()
    clean, messy = (columns(where / "PE", "visita") for where in (tmp_path / "clean", folder))
    struck = {key for uf, view, key in places(read(folder, "rejected")) if (uf, view) == ("PE", "vw_visita")}
    different = {a[0] for a, b in zip(clean, messy, strict=True) if a != b}
    assert struck
    assert struck <= different
    assert len(different) < len(clean) / 20


def test_people_whose_record_is_rejected_are_labelled(folder: Path) -> None:
    labelled = {place for row in read(folder, "records") if "rejected" in row["noise"] for place in places([row])}
    people = {place for place in places(read(folder, "rejected")) if place[1] in ("vw_preso", "vw_visitante")}

    assert people
    assert people <= labelled


@pytest.mark.parametrize(
    ("uf", "view", "expected"),
    [
        ("PE", "vw_visita", ("impossible_date", Raw("31/02/2019 25:61"))),
        ("PE", "vw_visita", ("zero_date", Raw("00/00/0000 00:00"))),
        ("PE", "vw_custodia", ("odd_flag", Raw("NI"))),
        ("AL", "vw_visita", ("infinite_time", Raw("infinity"))),
        ("AL", "vw_visita", ("endless_time", datetime(9999, 12, 31, 23, 59))),
        ("AL", "vw_visita", ("change_missing", None)),
        ("AL", "vw_visitante", ("not_declared", "IGNORADO")),
        ("AL", "vw_visitante_foto", ("photo_missing", None)),
        ("PE", "vw_visitante_foto", ("photo_missing", "perdidas/200001.png")),
        ("AL", "vw_visita", ("unmapped_code", "OUTROS")),
    ],
)
def test_a_class_leaves_what_its_name_says(uf: str, view: str, expected: tuple[str, object]) -> None:
    row: Row = {"id_origem": 200_001, "dt_atualizacao": datetime(2026, 3, 2, 12)}

    assert expected in struck_of(uf, view, row)


def test_an_orphan_names_a_parent_that_no_row_is(folder: Path) -> None:
    told = [row for row in read(folder, "rejected") if row["class"] == "orphan" and row["field"] == "id_preso"]
    orphans = {key for uf, view, key in places(told) if (uf, view) == ("AL", "vw_movimentacao")}
    prisoners = {row[0] for row in columns(folder / "AL", "interno")}
    named = {row[1] for row in columns(folder / "AL", "movimentacao") if row[0] in orphans}

    assert named
    assert not prisoners & named


def test_following_days_mend_some_rows_and_spoil_few(folder: Path) -> None:
    before = places(read(folder, "rejected"))
    for _ in range(3):
        next_day(folder)
    after = places(read(folder, "rejected"))

    assert 0.2 < len(before - after) / len(before) < 0.9
    assert len(after - before) < len(before - after)
    assert {row["id_origem"] for row in read(folder, "records") if "rejected" in row["noise"]} <= {
        key for _, _, key in after
    }


def test_a_mended_photograph_is_written_as_octets() -> None:
    [statement] = statements.update(states.profile("AL"), "vw_preso_foto", 1, {"conteudo_ou_uri": b"\x89P"})

    assert r"'\x8950'" in statement
    assert r"\\x" not in statement
