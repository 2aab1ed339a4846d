"""Kappa and Wilson's interval against figures worked out elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.agreement import agreement, wilson
from registry.values.bands import BANDS, Band


def test_kappa_of_the_textbook_example() -> None:
    # 20 and 15 agreed of 50, with margins of 25/25 and 30/20: chance 0.5, kappa 0.4.
    found = agreement({("same", "same"): 20, ("same", "other"): 5, ("other", "same"): 10, ("other", "other"): 15})
    assert found.pairs == 50
    assert found.raw == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)


def test_nothing_judged_twice_has_no_agreement_and_one_verdict_alone_no_kappa() -> None:
    assert agreement({}) == (0, None, None)
    assert agreement({("same", "same"): 9}) == (9, 1.0, None)


def test_total_disagreement_is_below_chance() -> None:
    found = agreement({("same", "other"): 5, ("other", "same"): 5})
    assert (found.raw, found.kappa) == (0.0, pytest.approx(-1.0))


def test_wilson_of_known_samples() -> None:
    assert wilson(0, 0) is None
    assert wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(30, 30) == pytest.approx((0.8865, 1.0), abs=1e-4)
    with pytest.raises(ValueError, match="right"):
        wilson(3, 2)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_shrinks_with_more(seen: tuple[int, int]) -> None:
    right, total = seen
    bounds = wilson(right, total)
    if bounds is None:
        return
    assert 0 <= bounds[0] <= right / total <= bounds[1] <= 1
    more = wilson(right * 4, total * 4)
    assert more is not None
    assert more[1] - more[0] <= bounds[1] - bounds[0]


@given(st.floats(0, 60))
def test_every_weight_has_one_band(score: float) -> None:
    holding = [band for band in BANDS if score >= band.least and (band.below is None or score < band.below)]
    assert holding == [Band.of(score)]


def test_bands_in_words() -> None:
    assert [*[str(band) for band in BANDS][:2], str(BANDS[-1])] == ["0 a 8", "8 a 10", "24 ou mais"]
    assert (Band.of(None), Band.of(-0.1)) == (None, None)
