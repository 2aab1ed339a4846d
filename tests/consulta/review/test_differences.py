"""What is marked of two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.review.differences import Marked, compare, is_same


def written(marked: Marked) -> str:
    """The text with what is marked in brackets."""
    return "".join(f"[{segment.text}]" if segment.match else segment.text for segment in marked)


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("JOSÉ DA SILVA", "Jose da Silva", "JOSÉ DA SILVA", "Jose da Silva"),
        ("JOSE DA SILVA", "JOSE DA SYLVA", "JOSE DA S[I]LVA", "JOSE DA S[Y]LVA"),
        ("MARIA APARECIDA LIMA", "MARIA LIMA", "MARIA [APARECIDA] LIMA", "MARIA LIMA"),
        ("JOAO LIMA", "PEDRO LIMA", "[JOAO] LIMA", "[PEDRO] LIMA"),
        ("17/05/1990", "17/06/1990", "17/0[5]/1990", "17/0[6]/1990"),
        ("CLEITON  LIMA", "CLEITOM LIMA", "CLEITO[N]  LIMA", "CLEITO[M] LIMA"),
        ("ANA", "", "ANA", ""),
    ],
)
def test_marks_are_the_letters_the_other_lacks(one: str, other: str, left: str, right: str) -> None:
    assert tuple(map(written, compare(one, other))) == (left, right)


names = st.text(st.sampled_from("ABCÇÉI ãß'"), max_size=30).map(str.strip)


@given(names, names)
def test_no_letter_is_lost_or_added(one: str, other: str) -> None:
    left, right = compare(one, other)
    assert "".join(segment.text for segment in left) == one
    assert "".join(segment.text for segment in right) == other


@given(names, names)
def test_nothing_is_marked_only_when_the_two_are_the_same_or_one_is_missing(one: str, other: str) -> None:
    marked = any(segment.match for side in compare(one, other) for segment in side)
    assert marked == (bool(one and other) and not is_same(one, other))
