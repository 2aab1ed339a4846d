"""Lives are lived in legal order, and periods of custody agree with the events."""

import itertools
from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from fictitious import contract
from fictitious.custody import Registration, Stay
from fictitious.people import Human
from tests.fictitious.conftest import TODAY

Lived = list[tuple[Human, list[Registration]]]
NO_CUSTODY_NEEDED = ("ENTRADA",)


def replay(registration: Registration) -> list[tuple[int, datetime, datetime | None]]:
    """Periods (unit, from, until) that follow from the events alone; an illegal event fails the test."""
    periods: list[tuple[int, datetime, datetime | None]] = []
    inside, absent = False, False
    for move in registration.moves:
        effect = contract.effect_of(move.kind)
        if effect == "ENTRADA":
            assert not inside, "entry while in custody"
            assert move.destination
            periods.append((move.destination.number, move.at, None))
            inside = True
            continue
        assert inside, f"{move.kind} outside custody"
        assert absent == (effect == "RETORNO"), f"{move.kind} while absent or return without leaving"
        absent = effect == "TEMPORARIA"
        if effect in ("SAIDA", "MUDANCA_MODALIDADE"):
            periods[-1] = (*periods[-1][:2], move.at)
            inside = effect == "MUDANCA_MODALIDADE"
        if effect == "MUDANCA_MODALIDADE":
            assert move.destination
            periods.append((move.destination.number, move.at, None))
    return periods


def sound(lived: Lived) -> list[Registration]:
    return [registration for _, registrations in lived for registration in registrations if not registration.flaws]


def test_replaying_the_events_gives_the_periods(lived: Lived) -> None:
    for registration in sound(lived):
        stays = [(stay.unit.number, stay.entered, stay.left) for stay in registration.stays]
        assert replay(registration) == stays


def test_events_are_in_order_of_time_and_none_is_in_the_future(lived: Lived) -> None:
    limit = datetime.combine(TODAY, time(6))
    for registration in sound(lived):
        times = [move.at for move in registration.moves]
        assert times == sorted(times)
        assert times[-1] < limit


def test_nobody_is_arrested_before_eighteen(lived: Lived) -> None:
    for human, registrations in lived:
        first = registrations[0].stints[0].arrested.date()
        assert first - human.born > timedelta(days=18 * 365)


def test_nothing_follows_death(lived: Lived) -> None:
    dead = [registration for registration in sound(lived) if registration.died]
    assert dead
    assert all(registration.moves[-1].kind == "OBITO" for registration in dead)


def test_whoever_is_condemned_was_provisional_before(lived: Lived) -> None:
    for registration in sound(lived):
        for stint in registration.stints:
            if stint.convicted:
                assert stint.convicted > stint.arrested


def test_regime_follows_the_units_kind_for_new_arrests(lived: Lived) -> None:
    for registration in sound(lived):
        first = registration.moves[0]
        if first.kind == "INC_ORIG" and first.destination:
            assert first.destination.kind in ("PROVISORIO", "DIVERSOS", "MEDIDA_SEGURANCA")


def test_a_removal_to_another_state_is_an_entry_there_later(lived: Lived) -> None:
    moved = 0
    for _, registrations in lived:
        for before, after in itertools.pairwise(registrations):
            leave = [move for move in before.moves if move.kind == "TR_SAI_INTER"]
            if leave and after.moves[0].kind == "TR_ENT_INTER":
                moved += 1
                assert leave[0].other_uf == after.uf
                assert after.moves[0].other_uf == before.uf
                assert after.moves[0].at - leave[0].at >= timedelta(hours=8)
    assert moved > 10


def test_about_three_in_five_are_held(lived: Lived) -> None:
    held = sum(any(registration.current for registration in registrations) for _, registrations in lived)
    assert held / len(lived) == pytest.approx(0.63, abs=0.04)  # visitors who were in prison bring it to 0.60


def test_second_registrations_are_as_frequent_as_asked(lived: Lived) -> None:
    same = sum(len({r.uf for r in found}) < len(found) for _, found in lived) / len(lived)
    states = sum(len({r.uf for r in found}) > 1 for _, found in lived) / len(lived)
    assert same == pytest.approx(0.03, abs=0.012)
    assert states == pytest.approx(0.05, abs=0.015)


def test_registrations_have_few_stays_and_some_movements(lived: Lived) -> None:
    registrations = [registration for _, found in lived for registration in found]
    stays = Counter(len(registration.stays) for registration in registrations)
    moves = Counter(len(registration.moves) for registration in registrations)
    assert sum(stays[n] for n in (1, 2, 3)) / len(registrations) > 0.9
    assert sum(moves[n] for n in range(3, 13)) / len(registrations) > 0.85


def test_whoever_counts_twice_is_held_in_two_states(lived: Lived) -> None:
    twice = [found for _, found in lived if any("active_twice" in registration.flaws for registration in found)]
    assert twice
    for found in twice:
        held: list[Stay] = [registration.stays[-1] for registration in found if registration.current]
        assert len(held) == 2
