"""Taking the last vote back."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from audit.events import Kind
from registry.models import Judgement, Outcome, Record, Review, ReviewCause, Verdict, Vote
from registry.services.reviewing import errors
from registry.services.reviewing.undoing import undo
from tests.events import recorded
from tests.factories.registry import make_review
from tests.registry.reviewing.people import ANA, BIA, CAIO, say


def by_humans() -> QuerySet[Judgement]:
    return Judgement.objects.standing().filter(judge__startswith="user:")


pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_undoing_opens_the_pair_again_and_splits_the_person() -> None:
    review = make_review()
    say(review, Verdict.SAME, ANA)
    assert undo(by=ANA).pk == review.pk
    review.refresh_from_db()
    assert (review.closed_at, review.outcome, review.claimed_by) == (None, "", "user:ana")
    assert not by_humans().exists()
    assert len({r.person_id for r in Record.objects.all()}) == 2
    assert [e.action for e in recorded(Kind.JUDGEMENT_REVOKED)] == ["judgement.same", "review.undo"]
    say(review, Verdict.DIFFERENT, ANA)
    assert list(by_humans().values_list("verdict", flat=True)) == ["different"]


def test_each_undo_takes_one_vote_the_last_first() -> None:
    first, second = make_review(), make_review()
    say(first, Verdict.SAME, ANA)
    say(second, Verdict.SAME, ANA)
    assert [undo(by=ANA).pk, undo(by=ANA).pk] == [second.pk, first.pk]
    with pytest.raises(errors.NothingToUndo):
        undo(by=ANA)


def test_nobody_undoes_for_another_nor_after_the_time() -> None:
    review = make_review()
    say(review, Verdict.SAME, ANA)
    with pytest.raises(errors.NothingToUndo):
        undo(by=BIA)
    Vote.objects.update(cast_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(errors.NothingToUndo):
        undo(by=ANA)


def test_undoing_a_dispute_takes_the_third_reviewers_pair_back() -> None:
    review = make_review(vetoes=["twins"])
    say(review, Verdict.SAME, ANA)
    say(review, Verdict.DIFFERENT, BIA)
    undo(by=BIA)
    assert [r.pk for r in Review.objects.open()] == [review.pk]
    assert Review.objects.get(cause=ReviewCause.CONTRADICTION).outcome == Outcome.WITHDRAWN
    say(review, Verdict.SAME, BIA)
    assert by_humans().get().judge == "user:ana"


def test_what_a_third_decided_the_second_does_not_undo() -> None:
    review = make_review(vetoes=["twins"])
    say(review, Verdict.SAME, ANA)
    say(review, Verdict.DIFFERENT, BIA)
    say(Review.objects.open().get(), Verdict.SAME, CAIO)
    with pytest.raises(errors.NothingToUndo):
        undo(by=BIA)
    assert by_humans().get().verdict == "same"


def test_undoing_a_samples_first_vote_makes_it_a_sample_again() -> None:
    review = make_review(cause=ReviewCause.SAMPLE)
    say(review, Verdict.SAME, ANA)  # the two are not one person: the sample says otherwise
    assert Review.objects.get().needs_second
    undo(by=ANA)
    assert not Review.objects.get().needs_second
