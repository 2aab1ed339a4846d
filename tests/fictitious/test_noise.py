"""Noise strikes as often as its table says, and each class does what its name says."""

from datetime import date, datetime
from random import Random

import pytest

from fictitious import facilities, noise
from fictitious.custody import Move, Registration
from fictitious.noise import Identity
from fictitious.states import profile
from tests.fictitious.test_documents import cpf_checks

NOON = datetime(2026, 3, 2, 12)


def ana() -> Identity:
    return Identity(
        "Ana Souza de Araújo", "Maria de Araújo Souza", "José Souza", date(1990, 3, 5), "90000000000", "Maria de Araújo"
    )


@pytest.mark.parametrize("label", sorted(set(noise.RATES) - {"cpf_wrong_digit", "cpf_shared"}))
def test_a_class_strikes_at_its_rate(label: str, records: list[dict[str, str]]) -> None:
    # A state of capitals without accents can be struck like any other: the label is of what was typed.
    among = [record for record in records if record["view"] == "vw_preso"]
    struck = sum(label in record["noise"].split(";") for record in among)
    rate = noise.RATES[label]
    assert struck / len(among) == pytest.approx(rate, abs=0.006 + rate * 0.12)


def test_wrong_and_shared_cpfs_are_rare_and_there(records: list[dict[str, str]]) -> None:
    struck = [record["noise"] for record in records if "cpf_missing" not in record["noise"]]
    wrong = sum("cpf_wrong_digit" in labels for labels in struck) / len(struck)
    shared = sum("cpf_shared" in labels for labels in struck) / len(struck)
    assert wrong == pytest.approx(0.015, abs=0.006)
    assert 0 < shared < 0.006


def test_a_homophone_sounds_alike() -> None:
    who = Identity("Thiago Souza", None, None, date(1990, 1, 2), None)
    assert noise.homophone(Random(1), who)
    assert who.name in ("Tiago Souza", "Thiago Sousa")


def test_day_and_month_are_swapped_only_where_both_are_dates() -> None:
    who = ana()
    assert noise.day_month_swapped(Random(1), who)
    assert who.born == date(1990, 5, 3)
    late = Identity("Ana Lima", None, None, date(1990, 3, 25), None)
    assert not noise.day_month_swapped(Random(1), late)


def test_a_middle_surname_is_dropped_or_an_initial() -> None:
    names = set()
    for seed in range(20):
        who = ana()
        assert noise.surname_dropped(Random(seed), who)
        names.add(who.name)
    assert names == {"Ana de Araújo", "Ana S. de Araújo"}


def test_the_mothers_other_name_is_hers() -> None:
    who = ana()
    assert noise.mother_other_name(Random(1), who)
    assert who.mother == "Maria de Araújo"


def test_garbled_text_can_be_repaired() -> None:
    garbled = noise.garble("João Araújo")
    assert garbled == "JoÃ£o AraÃºjo"
    assert garbled.encode("latin-1").decode("utf-8") == "João Araújo"


def test_text_that_would_not_print_is_not_garbled() -> None:
    assert noise.garble("Íris") is None


def test_a_wrong_digit_makes_a_cpf_that_does_not_check() -> None:
    who = Identity("Ana", None, None, date(1990, 1, 2), "93706458454")
    assert noise.cpf_wrong_digit(Random(1), who)
    assert who.cpf
    assert not cpf_checks(who.cpf)


def test_some_states_write_capitals_without_accents() -> None:
    assert profile("SP").text == "plain"
    assert profile("AL").text == "keep"


def test_an_impossible_sequence_has_an_exit_without_entry_or_an_event_after_death() -> None:
    unit = facilities.estate("noise", "SE", 100.0).units[0]
    alive = Registration("SE", moves=[Move("INC_ORIG", NOON, destination=unit), Move("ALVARA", NOON, unit)])
    dead = Registration(
        "SE", moves=[Move("INC_ORIG", NOON, destination=unit), Move("OBITO", NOON, unit)], died=NOON.date()
    )
    assert noise.impossible_sequence(alive)
    assert [move.kind for move in alive.moves] == ["ALVARA"]
    assert noise.impossible_sequence(dead)
    assert dead.moves[-1].kind == "SAI_TEMP"
    assert dead.moves[-1].at > NOON
