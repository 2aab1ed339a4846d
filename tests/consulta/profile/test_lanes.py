"""The lanes say where a person was, in proportion to time."""

from datetime import date
from itertools import pairwise

import pytest

from consulta.profile.lanes import LEFT, SHORTEST, WIDTH, Event, Span, Stay, Step, draw

TODAY = date(2026, 1, 1)


def test_nothing_is_drawn_without_stays() -> None:
    assert draw([], today=TODAY) is None


def test_a_lane_for_each_state_in_order_of_first_stay() -> None:
    stays = [
        Stay("PE", date(2020, 1, 1), date(2021, 1, 1), "PE"),
        Stay("AL", date(2016, 1, 1), date(2017, 1, 1), "AL"),
        Stay("PE", date(2023, 1, 1), None, "PE"),
    ]
    lanes = draw(stays, today=TODAY)
    assert lanes is not None
    assert [(row.label, len(row.periods)) for row in lanes.rows] == [("AL", 1), ("PE", 2)]


def test_position_is_in_proportion_to_time() -> None:
    lanes = draw([Stay("AL", date(2016, 1, 1), date(2021, 1, 1), "AL")], today=TODAY)
    assert lanes is not None
    bar = lanes.rows[0].periods[0]
    assert bar.x == LEFT
    assert abs(bar.width - (WIDTH - LEFT) / 2) < 1


def test_a_stay_that_lasts_reaches_the_right_edge_and_is_marked_current() -> None:
    lanes = draw([Stay("AL", date(2016, 1, 1), None, "AL")], today=TODAY)
    assert lanes is not None
    bar = lanes.rows[0].periods[0]
    assert (bar.x + bar.width, bar.tone) == (WIDTH, "current")


def test_a_stay_of_one_day_is_still_visible_and_inside_the_drawing() -> None:
    stays = [Stay("AL", date(2006, 1, 1), date(2006, 6, 1), "AL"), Stay("SP", TODAY, TODAY, "SP")]
    lanes = draw(stays, today=TODAY)
    assert lanes is not None
    bar = lanes.rows[1].periods[0]
    assert bar.width == SHORTEST
    assert bar.x + bar.width <= WIDTH


def test_doubt_shows_even_on_a_current_stay() -> None:
    lanes = draw([Stay("AL", date(2016, 1, 1), None, "AL", doubtful=True)], today=TODAY)
    assert lanes is not None
    assert lanes.rows[0].periods[0].tone == "doubtful"


def test_year_labels_do_not_touch() -> None:
    lanes = draw([Stay("AL", date(1991, 3, 4), None, "AL")], events=[Event(date(2003, 1, 1), "fuga")], today=TODAY)
    assert lanes is not None
    places = [tick.x for tick in lanes.ticks]
    assert all(right - left >= 30 for left, right in pairwise(places))
    assert len(lanes.marks) == 1


def test_spans_cross_all_lanes_and_steps_stand_on_their_own() -> None:
    drawn = draw(
        [Stay("A", date(2020, 1, 1), date(2021, 1, 1), "a"), Stay("B", date(2020, 7, 1), None, "b")],
        spans=[Span(date(2020, 7, 1), date(2021, 1, 1), "conflict", "os dois")],
        steps=[Step("B", date(2019, 1, 1), "antes")],
        today=date(2022, 1, 1),
        width=400,
    )
    assert drawn is not None
    (band,), (first, second) = drawn.bands, drawn.rows
    assert band.x == second.periods[0].x
    assert band.x + band.width == pytest.approx(first.periods[0].x + first.periods[0].width, abs=0.2)
    assert (first.dots, [dot.x for dot in second.dots]) == ([], [LEFT])
    assert (drawn.width, drawn.track_width) == (400, 370)
