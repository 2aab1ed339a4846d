"""Dates of birth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import dates
from registry.values.errors import InvalidDate, Reason

DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("text", ["1991-03-12", "12/03/1991", "12-03-1991", " 12.03.1991 "])
def test_the_usual_forms_are_read(text: str) -> None:
    assert dates.parse_date(text) == date(1991, 3, 12)


def test_a_time_after_the_date_is_dropped() -> None:
    assert dates.parse_date("12/03/1991 10:30", ["%d/%m/%Y %H:%M"]) == date(1991, 3, 12)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("31/02/1991", "date"), ("12/03/0091", "date"), ("12/03/1749", "date"), ("1991", "date")],
)
def test_what_is_not_a_date_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(InvalidDate) as refusal:
        dates.parse_date(text)
    assert refusal.value.reason == reason


@given(DAYS, st.sampled_from(dates.FORMATS))
def test_a_date_is_read_as_it_was_written(day: date, form: str) -> None:
    assert dates.parse_date(day.strftime(form), [form]) == day


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1991, 3, 12), date(2026, 3, 11), 34),
        (date(1991, 3, 12), date(2026, 3, 12), 35),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2026, 3, 12), date(2026, 3, 11), -1),
    ],
)
def test_age_counts_complete_years(birth: date, day: date, age: int) -> None:
    assert dates.age_on(birth, day) == age


def test_swapped_exchanges_day_and_month() -> None:
    assert dates.swapped(date(1991, 3, 12)) == date(1991, 12, 3)


@pytest.mark.parametrize("day", [date(1991, 3, 13), date(1991, 3, 3)])
def test_swapped_is_none_where_nothing_can_be_exchanged(day: date) -> None:
    assert dates.swapped(day) is None


@given(DAYS)
def test_swapped_twice_is_the_date_itself(day: date) -> None:
    other = dates.swapped(day)
    assert other is None or dates.swapped(other) == day


@pytest.mark.parametrize(("day", "expected"), [(date(1991, 1, 1), True), (date(1991, 1, 2), False)])
def test_the_first_of_january_is_a_default(day: date, expected: bool) -> None:
    assert dates.is_default_birth(day) is expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1991", date(1991, 1, 1), date(1991, 12, 31)),
        ("02/1992", date(1992, 2, 1), date(1992, 2, 29)),
        ("12/03/1991", date(1991, 3, 12), date(1991, 3, 12)),
        ("1991-03-12", date(1991, 3, 12), date(1991, 3, 12)),
        ("1989-1993", date(1989, 1, 1), date(1993, 12, 31)),
        ("1989 – 1993", date(1989, 1, 1), date(1993, 12, 31)),
        ("1989 a 1993", date(1989, 1, 1), date(1993, 12, 31)),
    ],
)
def test_the_birth_field_accepts_year_month_day_and_interval(text: str, first: date, last: date) -> None:
    assert dates.parse_birth_query(text) == dates.BirthRange(first, last)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("abc", "format"),
        ("91", "format"),
        ("13/1991", "date"),
        ("31/02/1991", "date"),
        ("0000", "date"),
        ("1993-1989", "range"),
    ],
)
def test_the_birth_field_says_why_it_refuses(text: str, reason: Reason) -> None:
    with pytest.raises(InvalidDate) as refusal:
        dates.parse_birth_query(text)
    assert refusal.value.reason == reason


@given(st.text(max_size=25))
def test_the_birth_field_refuses_any_other_text_in_the_same_way(text: str) -> None:
    try:
        interval = dates.parse_birth_query(text)
    except InvalidDate:
        return
    assert interval.first <= interval.last


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(1991, 1, 1), True), (date(1991, 12, 31), True), (date(1992, 1, 1), False), (date(1990, 12, 31), False)],
)
def test_both_ends_belong_to_the_interval(day: date, inside: bool) -> None:
    assert (day in dates.parse_birth_query("1991")) is inside


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1991±2", date(1989, 1, 1), date(1993, 12, 31)),
        ("1991 +-2", date(1989, 1, 1), date(1993, 12, 31)),
        ("12/03/1991 ± 1 ano", date(1990, 3, 12), date(1992, 3, 12)),
        ("29/02/1992±1", date(1991, 2, 28), date(1993, 2, 28)),
        ("32 anos", date(1993, 5, 18), date(1994, 5, 17)),
        ("30-35 anos", date(1990, 5, 18), date(1996, 5, 17)),
        ("30 a 35 anos", date(1990, 5, 18), date(1996, 5, 17)),
    ],
)
def test_margins_and_ages_are_understood(text: str, first: date, last: date) -> None:
    assert dates.parse_birth_query(text, date(2026, 5, 17)) == dates.BirthRange(first, last)


@pytest.mark.parametrize("text", ["35-30 anos", "999 anos", "1850±9", "±2", "1991±", "x±2"])
def test_senseless_margins_and_ages_are_refused(text: str) -> None:
    with pytest.raises(InvalidDate):
        dates.parse_birth_query(text, date(2026, 5, 17))


@given(st.integers(0, 110), st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_whoever_is_of_an_age_was_born_within_it(age: int, today: date) -> None:
    born = dates.parse_birth_query(f"{age} anos", today)
    assert dates.age_on(born.first, today) == age == dates.age_on(born.last, today)
    assert dates.age_on(born.first - timedelta(days=1), today) == age + 1
