"""A state's data as a SQLite file: the same rows as its files, typed, through the same views."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fictitious.__main__ import main

LINES = "SELECT count(*) FROM {}"


@pytest.fixture(scope="module")
def files(country: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the three states' files."""
    target = tmp_path_factory.mktemp("sqlite")
    assert main(["load", "--from", str(country), "--engine", "sqlite", "--out", str(target)]) == 0
    return target


def ask(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("uf", "view", "table"),
    [("al", "vw_internos", "interno"), ("al", "vw_visitas", "visita")],
)
def test_a_view_has_every_row_of_the_files(country: Path, files: Path, uf: str, view: str, table: str) -> None:
    folder = country / uf.upper() / "tables" / table
    lines = sum(file.read_text().count("\n") for file in folder.glob("*.copy"))

    assert ask(files / f"estado_{uf}.sqlite", LINES.format(view)) == [(lines,)]
    assert lines > 0


def test_photographs_are_bytes_and_nulls_are_nulls(files: Path) -> None:
    [(photo,)] = ask(files / "estado_al.sqlite", "SELECT im_foto FROM vw_internos_fotos LIMIT 1")
    [(dead,)] = ask(files / "estado_al.sqlite", "SELECT count(*) FROM vw_internos WHERE dt_obito = '\\N'")

    assert photo.startswith(b"\x89PNG")
    assert dead == 0


def test_every_view_of_every_state_answers(files: Path) -> None:
    for file in files.glob("*.sqlite"):
        names = [name for (name,) in ask(file, "SELECT name FROM sqlite_master WHERE type = 'view'")]
        assert len(names) >= 19
        assert all(len(ask(file, f"SELECT * FROM {name} LIMIT 1")) <= 1 for name in names)


def test_a_key_is_unique_in_its_table(files: Path) -> None:
    [(script,)] = ask(files / "estado_al.sqlite", "SELECT sql FROM sqlite_master WHERE name = 'interno'")

    assert "cd_interno integer PRIMARY KEY" in script


def test_a_load_without_a_place_to_write_to_is_refused(country: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["load", "--from", str(country), "--engine", "sqlite"])

    assert "--out" in capsys.readouterr().err
