"""Could one human being have lived both lives?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.lives import Answer, Compared, Lived, Overlap, compare

START = datetime(2020, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=1000)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def stay(since: float, until: float | None, place: str = "A") -> Lived:
    return Lived(place, day(since), None if until is None else day(until))


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ([], [stay(0, 9)], Answer.NO_STAYS),
        ([stay(0, 10)], [stay(20, 30, "B")], Answer.APART),
        ([stay(0, 10)], [stay(12, 30, "B")], Answer.JOINED),
        ([stay(20, 30, "B")], [stay(0, 18)], Answer.JOINED),
        ([stay(0, 10)], [stay(9.5, 30, "B")], Answer.JOINED),  # the day of the transfer is on both sides
        ([stay(0, 10)], [stay(8, 30, "B")], Answer.CONFLICT),
        ([stay(0, None)], [stay(900, None, "B")], Answer.CONFLICT),
        ([stay(0, None)], [stay(900, None)], Answer.TOGETHER),
        ([stay(0, 10), stay(500, None)], [stay(500, 600), stay(5, 9, "B")], Answer.CONFLICT),
    ],
)
def test_the_answer(one: list[Lived], other: list[Lived], answer: Answer) -> None:
    assert compare(one, other, NOW).answer == answer


def test_an_open_stay_lasts_until_now_and_overlaps_are_told_oldest_first() -> None:
    found = compare([stay(0, 100), stay(990, None)], [stay(50, None, "B")], NOW)
    assert found.overlaps == (Overlap(day(50), day(100), False), Overlap(day(990), NOW, False))
    assert [overlap.days for overlap in found.conflicts] == [50, 10]


stays = st.lists(
    st.builds(
        lambda since, length, place: Lived(place, day(since), day(since + length) if length < 300 else None),
        st.integers(0, 900), st.integers(0, 300), st.sampled_from("ABC"),
    ),
    max_size=5,
)  # fmt: skip


@given(stays, stays)
def test_it_does_not_matter_which_is_which(one: list[Lived], other: list[Lived]) -> None:
    assert compare(one, other, NOW) == compare(other, one, NOW)


@given(stays, stays)
def test_overlaps_are_times_both_were_held(one: list[Lived], other: list[Lived]) -> None:
    found: Compared = compare(one, other, NOW)
    for overlap in found.overlaps:
        for side in (one, other):
            assert any(s.since <= overlap.since and overlap.until <= (s.until or NOW) for s in side)
    assert bool(found.conflicts) == (found.answer == Answer.CONFLICT)
