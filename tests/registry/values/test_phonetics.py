"""The phonetic key: examples, the measured pairs of phonetic_pairs.csv, and properties."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import phonetics

PAIRS = list(csv.DictReader((Path(__file__).parent / "phonetic_pairs.csv").read_text("utf-8").splitlines()))


def _merged(which: str, same: str) -> list[bool]:
    pairs = [p for p in PAIRS if p["list"] == which and p["same"] == same]
    return [phonetics.key(p["a"]) == phonetics.key(p["b"]) for p in pairs]


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        ("Souza Sousa SOUSA Soza", "SOZA"),
        ("Thiago Tiago Tyago", "TIAGU"),
        ("Wesley Weslei Uesley Uesllei", "VESLEI"),
        ("Wellington Welington Uelinton Wellinton", "VILINTON"),
        ("Gonçalves GONCALVES Gonsalves Gonssalves", "GUNSAUVIS"),
        ("Lourenço LOURENCO Lorenço Lourenso", "LURENSU"),
        ("Stephanie Estefani Stefany Estéfany", "ESTIFANI"),
        ("Luiz Luis Luís", "LUIS"),
        ("Matheus Mateus", "MATEUS"),
        ("Philipe Felipe Filipe Phelippe", "FILIPI"),
        ("Anna Ana Hanna", "ANA"),
        ("Jéssica Gésica JESICA", "JISIKA"),
    ],
)
def test_spellings_of_one_name_share_the_key(spellings: str, expected: str) -> None:
    assert {phonetics.key(word) for word in spellings.split()} == {expected}


@pytest.mark.parametrize(
    ("a", "b"),
    [("Luzia", "Lúcia"), ("Marcos", "Márcio"), ("João", "José"), ("Nelson", "Nilson"), ("Hélio", "Eliel")],
)
def test_names_that_sound_different_keep_different_keys(a: str, b: str) -> None:
    assert phonetics.key(a) != phonetics.key(b)


@pytest.mark.parametrize(("which", "recall"), [("design", 0.98), ("held_out", 0.95)])
def test_recall_on_the_measured_pairs_does_not_fall(which: str, recall: float) -> None:
    found = _merged(which, "1")
    assert len(found) >= 60
    assert sum(found) / len(found) >= recall


@pytest.mark.parametrize("which", ["design", "held_out"])
def test_precision_on_the_measured_pairs_does_not_fall(which: str) -> None:
    right, wrong = sum(_merged(which, "1")), sum(_merged(which, "0"))
    assert right / (right + wrong) >= 0.98


def test_every_rule_is_used_by_a_name_of_its_reason() -> None:
    """The names in the third column must be ones on which the rule acts: a dead rule fails here."""
    unused = []
    for index, (pattern, _, why) in enumerate(phonetics.RULES):
        words = re.findall(r"[A-Z]{2,}|\d+", why)
        if words and not any(re.search(pattern, _before(index, word)) for word in words):
            unused.append(pattern)
    assert unused == []


def _before(index: int, word: str) -> str:
    for pattern, replacement, _ in phonetics.RULES[:index]:
        word = re.sub(pattern, replacement, word)
    return word


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=15))
def test_key_of_a_word_is_letters_only_and_never_empty(word: str) -> None:
    assert re.fullmatch(r"[A-Z]+", phonetics.key(word))


@given(st.text(max_size=20))
def test_key_does_not_depend_on_case(word: str) -> None:
    assert phonetics.key(word.upper()) == phonetics.key(word.upper().lower())


def test_a_word_without_sound_is_its_own_key() -> None:
    assert (phonetics.key("H"), phonetics.key("2"), phonetics.key("")) == ("H", "2", "")


def test_keys_of_a_name_follow_its_order_without_particles() -> None:
    assert phonetics.keys("José da Souza Thiago") == ("JOZI", "SOZA", "TIAGU")
