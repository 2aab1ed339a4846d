"""Telephone numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values import phones
from registry.values.errors import InvalidPhone, Reason
from registry.values.phones import AREA_CODES, e164

AREAS = st.sampled_from(sorted(AREA_CODES))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("(82) 99999-1234", "+5582999991234"),
        ("+55 (82) 3221-1234", "+558232211234"),
        ("082 3221-1234", "+558232211234"),
        ("0xx82 3221-1234", "+558232211234"),
        ("0 15 82 99999 1234", "+5582999991234"),
        ("005582999991234", "+5582999991234"),
        ("82 9999-1234", "+5582999991234"),
        ("82 3221-1234 ramal 12", "+558232211234"),
        ("(55) 99123-4567", "+5555991234567"),
        ("(82) 90000-0042", "+5582900000042"),
    ],
)
def test_a_number_with_area_code_is_completed(raw: str, expected: str) -> None:
    assert e164(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("3221-1234", "+558232211234"),
        ("9999-1234", "+5582999991234"),
        ("99999-1234", "+5582999991234"),
        ("0 3221-1234", "+558232211234"),
        ("(81) 3221-1234", "+558132211234"),
    ],
)
def test_the_area_of_the_caller_completes_a_local_number(raw: str, expected: str) -> None:
    assert e164(raw, default_ddd=82) == expected


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("-", "empty"),
        ("recado 82 99999-1234", "characters"),
        ("123", "length"),
        ("(82) 3221-1234 / 99999-1234", "length"),
        ("3221-1234", "area_missing"),
        ("(20) 3221-1234", "area"),
        ("82 1221-1234", "subscriber"),
        ("82 81234-5678", "subscriber"),
        ("(82) 99999-9999", "repeated"),
        ("(82) 2222-2222", "repeated"),
        ("0800 722 1234", "service"),
        ("4003-1234", "service"),
    ],
)
def test_what_is_not_one_complete_number_says_why(raw: str, reason: Reason) -> None:
    with pytest.raises(InvalidPhone) as refusal:
        phones.parse(raw)
    assert refusal.value.reason == reason
    assert e164(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ()),
        ("(82) 3221-1234", ("+558232211234",)),
        ("(82) 3221-1234 / 99999-1234", ("+558232211234", "+5582999991234")),
        ("82 99999-1234; 82 9999-1234", ("+5582999991234",)),
        ("(81) 98888-1234 ou (82) 3221-1234", ("+5581988881234", "+558232211234")),
        ("3221-1234 / (82) 99999-1234", ("+5582999991234",)),
    ],
)
def test_a_field_may_hold_several(raw: str, expected: tuple[str, ...]) -> None:
    assert phones.each_e164(raw) == expected


@given(AREAS, st.integers(20_000_000, 59_999_999))
def test_the_result_is_read_again_as_itself(area: int, subscriber: int) -> None:
    number = e164(f"{area}{subscriber}")
    assert number == f"+55{area}{subscriber}" or len(set(str(subscriber))) == 1
    assert number is None or e164(number) == number


@given(AREAS, st.integers(60_000_000, 99_999_998))
def test_the_ninth_digit_is_added_once(area: int, subscriber: int) -> None:
    old, new = f"({area}) {subscriber}", f"({area}) 9{subscriber}"
    assert e164(old) == e164(new) or len(set(str(subscriber))) == 1


@given(st.text(max_size=25))
def test_the_result_is_international_or_none(raw: str) -> None:
    number = e164(raw)
    assert number is None or re.fullmatch(r"\+55[1-9]{2}([2-5]\d{7}|9\d{8})", number)


@given(st.text(alphabet="0123456789 ()-/+RAMLraml", max_size=30), AREAS)
def test_a_number_is_given_or_refused_with_a_reason(raw: str, area: int) -> None:
    if e164(raw, area) is None:
        with pytest.raises(InvalidPhone) as refusal:
            phones.parse(raw, area)
        assert not any(character.isdigit() for character in str(refusal.value))
