"""What is put back into the queue, and what the reviewers' answers say of the joins."""

from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from registry.models import Prisoner, Review, ReviewCause, Verdict
from registry.selectors.reviewing.statistics import Repeated, statistics
from registry.services.resolution import persons
from registry.services.reviewing.sampling import sample
from registry.services.reviewing.undoing import undo
from registry.values.bands import Band
from tests.factories.registry import make_judgement, make_lawyer, make_prisoner, make_review
from tests.registry.reviewing.people import ANA, BIA, CAIO, say

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SOME = {"REVIEW_SAMPLE_LEAST": 2, "REVIEW_SAMPLE_PER_MILLE": 0, "REVIEW_SAMPLE_MOST": 100}


def join(score: float | None, judge: str = "model:1", **fields: Any) -> tuple[Prisoner, Prisoner]:
    """A pair that a model, a rule or a person holds for one, and the person it makes."""
    a, b = make_prisoner(), make_prisoner()
    make_judgement(a, b, judge=judge, score=score, **fields)
    with connection.cursor() as cursor:
        persons.seed(cursor, (a.pk, b.pk))
        persons.rebuild(cursor)
    return a, b


def sampled() -> list[int]:
    return list(Review.objects.filter(cause=ReviewCause.SAMPLE).order_by("a").values_list("a", flat=True))


@override_settings(**SOME)
def test_each_band_of_each_family_has_its_own_sample() -> None:
    for score in (8.5, 9, 9.5, 13, 30):
        join(score)
    join(39, "rule:cpf/1")
    make_judgement(make_prisoner(), make_prisoner(), judge="model:1", verdict=Verdict.UNSURE, score=9)
    assert sample(by=CAIO) == 2 + 1 + 1 + 1
    assert sample(by=CAIO) == 0


@override_settings(REVIEW_SAMPLE_LEAST=0, REVIEW_SAMPLE_PER_MILLE=500, REVIEW_SAMPLE_MOST=1)
def test_a_share_is_reached_a_few_at_a_time() -> None:
    for _ in range(5):
        join(9)
    assert [sample(by=CAIO) for _ in range(5)] == [1, 1, 1, 0, 0]


@override_settings(**SOME)
def test_the_draw_is_the_same_again_and_another_with_another_seed() -> None:
    for _ in range(12):
        join(9)
    sample(by=CAIO)
    first = sampled()
    Review.objects.all().delete()
    sample(by=CAIO)
    assert sampled() == first
    others = []
    for seed in "abc":
        Review.objects.all().delete()
        with override_settings(REVIEW_SAMPLE_SEED=seed):
            sample(by=CAIO)
        others.append(sampled())
    assert any(other != first for other in others)


@override_settings(**SOME)
def test_what_people_settled_is_sampled_with_the_weights_it_had() -> None:
    a, b = make_prisoner(), make_prisoner()
    review = make_review(a, b, score=3.5)
    say(review, Verdict.DIFFERENT, ANA)
    assert sample(by=CAIO) == 1
    again = Review.objects.get(cause=ReviewCause.SAMPLE)
    assert (again.judge, again.score, again.reasons) == ("user:ana", 3.5, review.reasons)
    say(again, Verdict.DIFFERENT, BIA)
    assert statistics().repeated == Repeated(same=1, other=0, unsure=0, waiting=0)


@override_settings(**SOME)
def test_a_pair_that_already_waits_is_not_sampled() -> None:
    make_review(*join(9))
    assert sample(by=CAIO) == 0


@override_settings(REVIEW_SAMPLE_LEAST=9, REVIEW_SAMPLE_PER_MILLE=0, REVIEW_SAMPLE_MOST=100)
def test_precision_counts_the_confirmed_the_wrong_and_the_unsure() -> None:
    for _ in range(5):
        join(9)
    sample(by=CAIO)
    right, wrong, unsure, disputed, waiting = Review.objects.filter(cause=ReviewCause.SAMPLE).order_by("pk")
    say(right, Verdict.SAME, ANA)
    say(unsure, Verdict.UNSURE, ANA)
    for by in (ANA, BIA):
        say(wrong, Verdict.DIFFERENT, by)
    say(disputed, Verdict.DIFFERENT, ANA)
    say(disputed, Verdict.SAME, BIA)
    assert counted() == (1, 1, 1, 2)  # the disputed one waits for its third reviewer
    third = Review.objects.open().exclude(pk=waiting.pk).get()
    assert third.cause == ReviewCause.SAMPLE
    say(third, Verdict.SAME, CAIO)
    assert counted() == (2, 1, 1, 1)
    found = statistics().precision[0]
    assert (found.family, found.band, found.share) == ("model", Band(8, 10), pytest.approx(2 / 3))


def counted() -> tuple[int, int, int, int]:
    row = statistics().precision[0]
    return row.right, row.wrong, row.unsure, row.waiting


def test_throughput_and_agreement() -> None:
    for first, second in (("same", "same"), ("same", "different"), ("different", "different")):
        review = make_review(make_prisoner(), make_lawyer())
        say(review, Verdict(first), ANA, seconds=2.0)
        say(review, Verdict(second), BIA, seconds=5.0)
    say(make_review(), Verdict.UNSURE, ANA, seconds=3.0)
    found = statistics()
    assert found.reviewers == (("user:ana", 4, 2.0), ("user:bia", 3, 5.0))
    assert [(row.voter, row.votes) for row in found.days] == [("user:ana", 4), ("user:bia", 3)]
    assert (found.agreement.pairs, found.agreement.raw) == (3, pytest.approx(2 / 3))
    assert found.agreement.kappa == pytest.approx(0.4)
    assert found.disagreements == (("same", "different", 1),)
    assert found.closed == 4


def test_withdrawn_votes_count_nowhere() -> None:
    say(make_review(), Verdict.SAME, ANA)
    undo(by=ANA)
    assert (statistics().reviewers, statistics().closed) == ((), 0)
