"""Environment values are typed, and a bad one stops the start with a sentence that names it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from senappen import env


def test_a_missing_text_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_SECRET", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SOME_SECRET"):
        env.text("SOME_SECRET")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", True)])
def test_booleans_read_the_usual_words(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("SOME_FLAG", value)
    assert env.boolean("SOME_FLAG", default=True) is expected


def test_an_unknown_boolean_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_FLAG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="SOME_FLAG"):
        env.boolean("SOME_FLAG", default=True)


@pytest.mark.parametrize("value", ["-1", "3.5", "many", "0"])
def test_integers_below_the_least_or_malformed_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOME_NUMBER", value)
    with pytest.raises(ImproperlyConfigured, match="SOME_NUMBER"):
        env.integer("SOME_NUMBER", 5, least=1)


def test_integers_may_be_negative_where_the_least_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NUMBER", "-3")
    assert env.integer("SOME_NUMBER", 5, least=-3) == -3
    with pytest.raises(ImproperlyConfigured):
        env.integer("SOME_NUMBER", 5, least=-2)


def test_a_database_address_is_taken_apart() -> None:
    settings = env.database("postgresql://ana:p%40ss@db.example:5433/base?sslmode=verify-full")
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"], settings["PORT"], settings["NAME"]) == (
        "ana",
        "p@ss",
        "db.example",
        "5433",
        "base",
    )
    assert settings["OPTIONS"] == {"sslmode": "verify-full"}


def test_a_socket_folder_becomes_the_host() -> None:
    assert env.database("postgresql://ana@/base?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize("url", ["mysql://ana@db/base", "postgresql://ana@db", "base"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database(url)


def test_a_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOME_LIST", str(tmp_path / "list.txt"))
    with pytest.raises(ImproperlyConfigured, match="SOME_LIST"):
        env.file("SOME_LIST")
    (tmp_path / "list.txt").touch()
    assert env.file("SOME_LIST") == str(tmp_path / "list.txt")
    monkeypatch.delenv("SOME_LIST")
    assert env.file("SOME_LIST") == ""
