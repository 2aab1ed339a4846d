"""Columns of a state become columns of the contract, and what cannot be read has its reason."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from ingestion.mapping.scalars import (
    DateColumn,
    ScalarColumn,
    TimestampColumn,
    boolean_reader,
    code_reader,
    date_reader,
    integer_reader,
    timestamp_reader,
)
from ingestion.mapping.texts import Cleaning, TextColumn
from ingestion.reasons import Faults, ReasonCode

MACEIO = ZoneInfo("America/Maceio")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
CLEANING = Cleaning(trim=True, mojibake=True, not_declared=frozenset({"NÃO DECLARADO", "-"}))


def convert(column: Any, *values: Any) -> list[str | None]:
    """The values of a column without faults."""
    faults = Faults()
    found: list[str | None] = column(values, faults)
    assert faults.by_row == {}
    return found


def reasons(column: Any, *values: Any) -> list[tuple[int, ReasonCode]]:
    faults = Faults()
    column(values, faults)
    return [(row, reason.code) for row, found in faults.by_row.items() for reason in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  JOSÉ  ", "JOSÉ"),
        ("JosÃ©", "José"),
        ("CONCEIÇÃO", "CONCEIÇÃO"),
        ("não declarado ", None),
        ("-", None),
        ("A-B", "A-B"),
        ("", None),
        ("   ", None),
        (None, None),
        (42, "42"),
        (Decimal("42.00"), "42"),
        (7.0, "7"),
        (7.5, "7.5"),
        (b"Jos\xc3\xa9", "José"),
        (date(2024, 1, 2), "2024-01-02"),
    ],
)
def test_text_is_repaired_and_what_says_nothing_is_nothing(given: Any, expected: str | None) -> None:
    assert convert(TextColumn("nome", CLEANING), "OUTRO", given) == ["OUTRO", expected]


def test_text_is_left_alone_when_no_repair_is_asked() -> None:
    assert convert(TextColumn("nome", Cleaning()), " JosÃ© ") == [" JosÃ© "]


def test_bytes_are_read_in_the_encoding_of_the_mapping() -> None:
    latin = Cleaning(encoding="latin-1")

    assert convert(TextColumn("nome", latin), b"Jos\xe9") == ["José"]
    assert reasons(TextColumn("nome", CLEANING), "a", b"Jos\xe9") == [(1, ReasonCode.ENCODING)]


@pytest.mark.parametrize("text", ["A\x00B", "A\ud800B"])
def test_characters_that_no_database_keeps_are_refused(text: str) -> None:
    assert reasons(TextColumn("nome", CLEANING), "bom", text) == [(1, ReasonCode.CHARACTER)]


def test_a_text_longer_than_the_contract_is_refused() -> None:
    assert reasons(TextColumn("sigla", CLEANING, 3), "ABC", "ABCD") == [(1, ReasonCode.LENGTH)]


def test_punctuation_does_not_count_in_a_number_of_fixed_length() -> None:
    column = TextColumn("cpf", CLEANING, 11, fixed=True)

    assert convert(column, "123.456.789-09", "12345678909") == ["12345678909", "12345678909"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (datetime(2024, 3, 1, 8), "2024-03-01T11:00:00+00:00"),
        (datetime(2024, 3, 1, 8, tzinfo=timezone(timedelta(hours=-5))), "2024-03-01T13:00:00+00:00"),
        ("2024-03-01 08:00:00", "2024-03-01T11:00:00+00:00"),
        ("2024-03-01T08:00:00-02:00", "2024-03-01T10:00:00+00:00"),
        (date(2024, 3, 1), "2024-03-01T03:00:00+00:00"),
        ("-", None),
        (None, None),
    ],
)
def test_times_without_zone_are_local_to_the_state(given: Any, expected: str | None) -> None:
    assert convert(TimestampColumn("t", None, MACEIO, CLEANING), given) == [expected]


def test_daylight_saving_follows_the_law_of_the_day() -> None:
    column = TimestampColumn("t", None, SAO_PAULO, CLEANING)

    assert convert(column, datetime(2019, 1, 10, 12), datetime(2020, 1, 10, 12)) == [
        "2019-01-10T14:00:00+00:00",
        "2020-01-10T15:00:00+00:00",
    ]


def test_of_an_hour_lived_twice_the_first_is_taken_by_either_way() -> None:
    native = convert(TimestampColumn("t", None, SAO_PAULO, CLEANING), datetime(2019, 2, 16, 23, 30))
    text = convert(TimestampColumn("t", None, SAO_PAULO, CLEANING), "2019-02-16 23:30:00")

    assert native == text == ["2019-02-17T01:30:00+00:00"]


ODD_OFFSET = timezone(-timedelta(hours=3, minutes=6, seconds=28))
# A few years at a time, so that both ways of finding an offset are taken; and everything there is.
LOCAL = st.one_of(
    st.datetimes(datetime(2021, 1, 1), datetime(2023, 1, 1)),
    st.datetimes(datetime(2018, 10, 1), datetime(2019, 3, 1)),
    st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)),
)
ZONED = st.builds(datetime.replace, LOCAL, tzinfo=st.sampled_from([UTC, MACEIO, ODD_OFFSET]))


@drawn(st.lists(st.none() | LOCAL) | st.lists(st.none() | LOCAL | ZONED), st.sampled_from([MACEIO, SAO_PAULO]))
def test_a_column_of_times_is_read_as_each_of_them(values: list[datetime | None], zone: ZoneInfo) -> None:
    alone = timestamp_reader(None, zone, CLEANING)

    expected = [None if value is None else alone(value) for value in values]

    assert convert(TimestampColumn("t", None, zone, CLEANING), *values) == expected


@drawn(
    st.lists(st.none() | st.dates()) | st.lists(st.none() | LOCAL) | st.lists(st.none() | LOCAL | ZONED | st.dates())
)
def test_a_column_of_days_is_read_as_each_of_them(values: list[date | None]) -> None:
    alone = date_reader(None, MACEIO, CLEANING)

    expected = [None if value is None else alone(value) for value in values]

    assert convert(DateColumn("d", None, MACEIO, CLEANING), *values) == expected


@drawn(st.lists(st.none() | st.integers()))
def test_whole_numbers_become_text(values: list[int | None]) -> None:
    expected = [None if value is None else str(value) for value in values]

    assert convert(TextColumn("n", CLEANING), *values) == expected


FORMS = frozenset({"NÃO DECLARADO", "ISS", "-", "ŸΜ"})
SAYING = st.sampled_from(
    [
        "não declarado",
        " NãO DeclaradO\t",
        "iß",
        "ıss",
        "ISſ",
        "-",
        "--",
        "ÿµ",
        "\x1e-",
        "İSS",
        "-\x1e",
        "-Â\xa0",
        "nÃ£o declarado",
    ]
)


@pytest.mark.parametrize("mojibake", [True, False])
@pytest.mark.parametrize("trim", [True, False])
@drawn(st.lists(st.none() | SAYING | st.text(max_size=8)))
def test_what_says_nothing_is_found_however_it_is_written(trim: bool, mojibake: bool, values: list[str | None]) -> None:
    cleaning = Cleaning(trim=trim, mojibake=mojibake, not_declared=FORMS)
    given = [None if value is None or "\x00" in value else value for value in values]

    repaired = [None if value is None else cleaning.repair(value) for value in given]
    expected = [None if value is None or cleaning.says_nothing(value) else value for value in repaired]

    assert convert(TextColumn("n", cleaning), *given) == expected


@drawn(
    st.lists(
        st.none() | st.text("ab \x1e", max_size=3) | st.sampled_from([0, 10**30, 1.5, b"a", b"", date(2024, 1, 2)])
    )
)
def test_a_column_of_anything_is_read_as_each_value_alone(values: list[Any]) -> None:
    column = TextColumn("n", CLEANING)

    assert convert(column, *values) == [convert(column, value)[0] for value in values]


def test_a_whole_number_may_be_a_way_of_saying_nothing() -> None:
    column = TextColumn("n", Cleaning(not_declared=frozenset({"99", "-1"})))

    assert convert(column, 99, 1, None, -1, 990) == [None, "1", None, None, "990"]


def test_a_whole_number_too_long_for_its_field_is_refused() -> None:
    assert reasons(TextColumn("n", CLEANING, length=3), 999, None, 1000) == [(2, ReasonCode.LENGTH)]


def test_a_time_beyond_the_calendar_is_refused() -> None:
    column = TimestampColumn("t", None, MACEIO, CLEANING)

    assert reasons(column, datetime(2024, 1, 1), datetime.max) == [(1, ReasonCode.DATE)]


@pytest.mark.parametrize(
    ("format", "given", "expected"),
    [
        ("%d/%m/%Y", "05/11/1990", "1990-11-05"),
        ("%Y%m%d", "19901105", "1990-11-05"),
        (None, "1990-11-05", "1990-11-05"),
        (None, date(1990, 11, 5), "1990-11-05"),
        (None, datetime(1990, 11, 5, 23), "1990-11-05"),
        (None, datetime(1990, 11, 6, 1, tzinfo=UTC), "1990-11-05"),
    ],
)
def test_dates_are_read_in_the_format_of_the_mapping(format: str | None, given: Any, expected: str) -> None:
    column = ScalarColumn("d", date_reader(format, MACEIO, CLEANING), ReasonCode.DATE)

    assert convert(column, given) == [expected]


@pytest.mark.parametrize("given", ["31/02/1990", "1990", "00/00/0000", "ontem", 19901105, True])
def test_what_is_no_date_is_refused(given: Any) -> None:
    column = ScalarColumn("d", date_reader("%d/%m/%Y", MACEIO, CLEANING), ReasonCode.DATE)

    assert reasons(column, "05/11/1990", given) == [(1, ReasonCode.DATE)]


@pytest.mark.parametrize(("given", "expected"), [("S", "t"), ("não", "f"), (1, "t"), (False, "f"), (" ", None)])
def test_booleans_are_read_in_every_usual_form(given: Any, expected: str | None) -> None:
    column = ScalarColumn("b", boolean_reader(None, CLEANING), ReasonCode.BOOLEAN)

    assert convert(column, given) == [expected]


def test_a_boolean_may_have_codes_of_its_own() -> None:
    column = ScalarColumn("b", boolean_reader({"G": "S", "X": "N"}, CLEANING), ReasonCode.BOOLEAN)

    assert convert(column, "G", "X") == ["t", "f"]
    assert reasons(column, "talvez") == [(0, ReasonCode.BOOLEAN)]


@pytest.mark.parametrize(("given", "expected"), [("007", "7"), (3, "3"), (Decimal("3.0"), "3"), ("-", None)])
def test_whole_numbers_are_read(given: Any, expected: str | None) -> None:
    assert convert(ScalarColumn("n", integer_reader(CLEANING), ReasonCode.NUMBER), given) == [expected]


@pytest.mark.parametrize("given", ["três", "-1", 2.5, 2**31, float("nan"), Decimal("inf"), "1e3"])
def test_what_is_no_count_is_refused(given: Any) -> None:
    column = ScalarColumn("n", integer_reader(CLEANING), ReasonCode.NUMBER)

    assert reasons(column, 1, given) == [(1, ReasonCode.NUMBER)]


def test_a_code_without_a_map_stays_as_the_state_wrote_it() -> None:
    column = ScalarColumn("c", code_reader({"1": "M"}, CLEANING), ReasonCode.CODE)

    assert convert(column, 1, " 1", "9", "-") == ["M", "M", "9", None]


def test_a_state_may_map_its_not_declared() -> None:
    column = ScalarColumn("c", code_reader({"-": "NAO_INFORMADO"}, CLEANING), ReasonCode.CODE)

    assert convert(column, "-") == ["NAO_INFORMADO"]
