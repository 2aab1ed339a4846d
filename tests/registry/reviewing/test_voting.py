"""What votes come to: judgements, second reviewers, disputes, samples."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.events import Kind
from registry.matching.reviewing import Conclusion
from registry.models import Judgement, Outcome, Record, Review, ReviewCause, Verdict, Vote
from registry.services import resolution
from registry.services.reviewing import errors
from registry.services.reviewing.claiming import claim
from registry.services.reviewing.voting import vote
from tests.events import recorded
from tests.factories.registry import make_custody, make_judgement, make_lawyer, make_prisoner, make_review
from tests.registry.reviewing.people import ANA, BIA, CAIO, say, shown

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def together(review: Review) -> bool:
    return len({r.person_id for r in Record.objects.filter(pk__in=(review.a_id, review.b_id))}) == 1


def standing(review: Review) -> list[tuple[str, str]]:
    """What stands of the pair, but for a model's doubt."""
    found = Judgement.objects.standing().filter(a=review.a_id, b=review.b_id).order_by("pk")
    found = found.exclude(judge="model:teste", verdict=UNSURE)
    return list(found.values_list("verdict", "judge"))


def test_one_vote_settles_a_pair_without_risk() -> None:
    review = make_review()
    assert say(review, SAME, ANA, seconds=2.5).conclusion == Conclusion.SAME
    review.refresh_from_db()
    assert (review.outcome, together(review), standing(review)) == (Outcome.SAME, True, [("same", "user:ana")])


def test_every_vote_and_every_judgement_is_in_the_audit() -> None:
    review = make_review()
    say(review, DIFFERENT, ANA)
    voted, judged = recorded(Kind.JUDGED)
    assert (voted.action, voted.actor, voted.detail["review"]) == ("review.vote", "ana", review.pk)
    assert (judged.action, judged.detail["voters"]) == ("judgement.different", ["user:ana"])
    assert set(voted.subjects) == {review.a.home.public_id, review.b.home.public_id}


@pytest.mark.parametrize("cause", ["veto", "custody", "lawyer", "contradiction", "many"])
def test_a_risky_pair_waits_for_a_second_reviewer(cause: str) -> None:
    review = risky(cause)
    assert say(review, SAME, ANA).conclusion == Conclusion.WAITING
    assert standing(review) in ([], [("different", "user:antes")])
    assert not together(review)
    with pytest.raises(errors.AlreadyVoted):
        say(review, SAME, ANA)
    assert say(review, SAME, BIA).conclusion == Conclusion.SAME
    assert ("same", "user:ana") in standing(review)
    assert recorded(Kind.JUDGED)[-1].detail["voters"] == ["user:ana", "user:bia"]


def risky(cause: str) -> Review:
    a, b = make_prisoner(), make_prisoner()
    fields: dict[str, Any] = {}
    if cause == "veto":
        fields["vetoes"] = ["twins"]
    if cause == "custody":
        make_custody(prisoner=b)
    if cause == "lawyer":
        return make_review(a, make_lawyer())
    if cause == "many":
        for _ in range(6):
            make_prisoner(person=a.person)
    if cause == "contradiction":
        make_judgement(make_prisoner(person=a.person), b, verdict=DIFFERENT, judge="user:antes")
    return make_review(a, b, **fields)


def test_two_who_disagree_decide_nothing_and_a_third_does() -> None:
    review = make_review(vetoes=["twins"])
    say(review, SAME, ANA)
    assert say(review, DIFFERENT, BIA).conclusion == Conclusion.DISPUTED
    review.refresh_from_db()
    assert (review.outcome, standing(review)) == (Outcome.UNSURE, [])
    third = Review.objects.open().get()
    assert (third.cause, third.a_id, third.b_id) == (ReviewCause.CONTRADICTION, review.a_id, review.b_id)
    for by in (ANA, BIA):
        with pytest.raises(errors.AlreadyVoted):
            say(third, SAME, by)
    assert say(third, DIFFERENT, CAIO).conclusion == Conclusion.DIFFERENT
    assert standing(review) == [("different", "user:bia")]
    assert recorded(Kind.JUDGED)[-1].detail["voters"] == ["user:ana", "user:bia", "user:caio"]


def test_a_third_who_is_unsure_leaves_the_pair_undecided() -> None:
    review = make_review(vetoes=["twins"])
    say(review, SAME, ANA)
    say(review, DIFFERENT, BIA)
    say(Review.objects.open().get(), UNSURE, CAIO)
    assert standing(review) == [("unsure", "user:caio")]
    assert not Review.objects.open().exists()


def test_a_pair_that_changed_on_screen_is_not_voted_on() -> None:
    review = make_review()
    before = shown(review)
    for change in (
        lambda: Review.objects.filter(pk=review.pk).update(score=7.5),
        lambda: Record.objects.filter(pk=review.a_id).update(mother_name="OUTRA MÃE"),
        lambda: Record.objects.filter(pk=review.b_id).update(load=99),
        lambda: make_prisoner(person=review.a.person),
    ):
        change()
        with pytest.raises(errors.Changed):
            vote(review=review.pk, verdict=SAME, shown=before, by=ANA)
        before = shown(review)
    assert not Vote.objects.exists()


def test_a_first_vote_does_not_change_what_the_second_reviewer_is_shown() -> None:
    review = make_review(vetoes=["sex"])
    before = shown(review)
    say(review, SAME, ANA)
    assert shown(review) == before


def test_a_first_vote_on_what_has_changed_since_does_not_count() -> None:
    review = make_review(vetoes=["twins"])
    say(review, SAME, ANA)
    Vote.objects.update(cast_at=timezone.now() - timedelta(hours=2))
    Record.objects.filter(pk=review.a_id).update(name="OUTRO NOME", received_at=timezone.now() - timedelta(hours=1))
    Record.objects.filter(pk=review.b_id).update(received_at=timezone.now() - timedelta(hours=3))
    assert say(review, SAME, BIA).conclusion == Conclusion.WAITING
    assert recorded(Kind.JUDGED)[-1].detail["outdated"] == [Vote.objects.get(voter="user:ana").pk]
    assert say(review, SAME, ANA).conclusion == Conclusion.SAME
    assert ("same", "user:bia") in standing(review)


def test_a_settled_pair_and_one_in_other_hands_are_not_voted_on() -> None:
    review = make_review()
    claim(review=review.pk, among=Review.objects.all(), by=BIA)
    with pytest.raises(errors.Taken):
        say(review, SAME, ANA)
    say(review, SAME, BIA)
    with pytest.raises(errors.Settled):
        say(review, SAME, ANA)


def test_a_sample_that_is_confirmed_changes_nothing() -> None:
    review = sample()
    assert say(review, SAME, ANA).conclusion == Conclusion.SAME
    assert standing(review) == [("same", "model:teste")]
    assert not Review.objects.open().exists()


def test_a_sampled_join_found_wrong_by_two_is_split() -> None:
    review = sample()
    assert together(review)
    assert say(review, DIFFERENT, ANA).conclusion == Conclusion.WAITING
    assert together(review)
    assert say(review, DIFFERENT, BIA).conclusion == Conclusion.DIFFERENT
    assert not together(review)
    assert ("different", "user:ana") in standing(review)


def test_a_sampled_join_in_doubt_stays_joined() -> None:
    review = sample()
    assert say(review, UNSURE, ANA).conclusion == Conclusion.UNSURE
    assert (together(review), standing(review)) == (True, [("same", "model:teste")])


def sample() -> Review:
    """A pair that a model joined, in the queue again; both held in custody, which alone asks for no second vote."""
    a, b = make_prisoner(), make_prisoner()
    make_custody(prisoner=a)
    resolution.judge(a=a, b=b, verdict=SAME, judge="model:teste", by=CAIO)
    return make_review(a, b, cause=ReviewCause.SAMPLE, score=14.0)
