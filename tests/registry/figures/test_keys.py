"""The pure parts, and that SQL says the same."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from registry.figures import sql
from registry.figures.catalogue import FIGURES, STOCKS
from registry.figures.declared import Sex
from registry.figures.form_columns import COLUMNS
from registry.figures.keys import AGE_FROM, AGE_UNKNOWN, SENTENCE_TO, Key, age_band, sentence_bracket, unpack

KEYS = st.builds(
    Key, st.integers(1, 63), st.integers(1, 255), st.sampled_from(Sex), st.integers(0, 6), st.integers(0, AGE_UNKNOWN)
)


@given(KEYS)
def test_a_key_survives_being_packed(key: Key) -> None:
    assert unpack(key.pack()) == key
    assert 0 < key.pack() < 2**31


@given(KEYS, KEYS)
def test_two_keys_never_share_a_number(one: Key, other: Key) -> None:
    assert (one == other) == (one.pack() == other.pack())


@given(st.integers(0, 130))
def test_age_bands_follow_their_bounds(years: int) -> None:
    band = age_band(years)
    if years < AGE_FROM[0]:
        assert band == AGE_UNKNOWN
    else:
        assert AGE_FROM[band] <= years
        assert band == len(AGE_FROM) - 1 or years < AGE_FROM[band + 1]


@given(st.integers(-1000, 60_000))
def test_sentence_brackets_include_their_upper_bound(days: int) -> None:
    bracket = sentence_bracket(days)
    assert bracket == len(SENTENCE_TO) + 1 or days <= SENTENCE_TO[bracket - 1]
    assert bracket == 1 or days > SENTENCE_TO[bracket - 2]
    assert sentence_bracket(None) == len(SENTENCE_TO) + 2


@pytest.mark.django_db
def test_sql_brackets_as_python_does() -> None:
    days = [d for upper in SENTENCE_TO for d in (upper - 1, upper, upper + 1)] + [-50, 0, 99_999, None]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sql.bracketed('d')} FROM unnest(%s::int[]) WITH ORDINALITY x (d, n) ORDER BY n", [days]
        )
        assert [row[0] for row in cursor.fetchall()] == [sentence_bracket(each) for each in days]


@pytest.mark.django_db
def test_sql_packs_as_python_does() -> None:
    key = Key(20, 200, Sex.UNKNOWN, 5, 3)
    dims = Key(0, 0, key.sex, key.regime, key.age).pack()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql.key(key.figure, str(key.category), str(dims))}")
        assert cursor.fetchone()[0] == key.pack()


def test_no_column_of_the_form_is_filled_twice_and_each_is_in_the_form() -> None:
    columns = [column for figure in FIGURES.values() for column in figure.columns]
    assert len(columns) == len(set(columns))
    assert set(columns) <= set(COLUMNS)


def test_figures_are_named_and_numbered_once_and_fit_their_keys() -> None:
    numbers = [figure.number for figure in FIGURES.values()]
    assert len(numbers) == len(set(numbers))
    for figure in FIGURES.values():
        codes = [category.code for category in figure.categories]
        assert len(codes) == len(set(codes)) <= 255
        assert {*figure.apart, *([figure.missing] if figure.missing else [])} <= set(codes)
        assert {code for each in figure.sums for code in each.codes} <= set(codes)


def test_every_section_of_the_form_asked_for_is_declared() -> None:
    sections = {figure.section for figure in FIGURES.values()}
    wanted = "1.3 4.1 4.2 4.5 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.10 5.11 5.12 5.13 5.14 6.1 6.2 6.3 6.4 6.8 7.3"
    assert set(wanted.split()) <= sections
    assert len(STOCKS) == 21
