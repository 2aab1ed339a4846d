"""Who has a pair in hand, with real reviewers at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from registry.models import Judgement, Review, Verdict, Vote
from registry.scope import Scope
from registry.selectors.reviewing.queue import Filters, narrowed
from registry.services.reviewing import errors
from registry.services.reviewing.claiming import claim, claim_next, release
from registry.services.reviewing.voting import vote
from tests.factories.registry import make_lawyer, make_origin, make_prisoner, make_review, make_visitor
from tests.registry.reviewing.people import ANA, BIA, CAIO, say, shown

ALL = Scope(lawyers=True)
transactional = pytest.mark.django_db(databases=["default", "audit"])


def queue(**filters: Any) -> Any:
    return narrowed(ALL, Filters(**filters), "user:ana")


@transactional
def test_the_most_consequential_pair_comes_first() -> None:
    low, high, middle = make_review(impact=1), make_review(impact=9), make_review(impact=5)
    assert [claim_next(among=queue(), by=by) for by in (ANA, BIA, CAIO)] == [high, middle, low]


@transactional
def test_a_claim_ends_by_itself_and_by_letting_go() -> None:
    review = make_review()
    assert claim_next(among=queue(), by=ANA) == review
    assert claim_next(among=queue(), by=BIA) is None
    Review.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert claim_next(among=queue(), by=BIA) == review
    release(review=review.pk, by=ANA)  # not hers any more
    with pytest.raises(errors.Taken):
        claim(review=review.pk, among=queue(), by=ANA)
    release(review=review.pk, by=BIA)
    assert claim(review=review.pk, among=queue(), by=ANA) == review


@transactional
def test_taking_the_next_lets_the_former_go() -> None:
    first, second = make_review(impact=2), make_review(impact=1)
    claim_next(among=queue(), by=ANA)
    assert claim_next(among=queue(), without=[first.pk], by=ANA) == second
    assert claim_next(among=queue(), by=BIA) == first


@transactional
def test_whoever_voted_does_not_get_the_pair_again() -> None:
    review = make_review(vetoes=["twins"])
    say(review, Verdict.SAME, ANA)
    assert claim_next(among=queue(), by=ANA) is None
    with pytest.raises(errors.AlreadyVoted):
        claim(review=review.pk, among=queue(), by=ANA)
    assert claim_next(among=queue(), by=BIA) == review


@transactional
def test_a_filter_narrows_what_comes_next() -> None:
    plain = make_review()
    vetoed = make_review(cause="veto")
    visiting = make_review(make_prisoner(), make_visitor(origin=make_origin("AC")))
    assert set(queue(cause="veto")) == {vetoed}
    assert set(queue(uf="AC")) == {visiting}
    assert set(queue(kind="V")) == {visiting}
    assert set(queue()) == {plain, vetoed, visiting}


@transactional
def test_without_the_permission_pairs_with_lawyers_are_not_there() -> None:
    review = make_review(make_prisoner(), make_lawyer())
    hidden = narrowed(Scope(), Filters(), "user:ana")
    assert not hidden.exists()
    with pytest.raises(errors.Unknown):
        claim(review=review.pk, among=hidden, by=ANA)


@transactional
def test_an_unknown_pair_is_unknown_and_a_settled_one_settled() -> None:
    review = make_review()
    say(review, Verdict.SAME, ANA)
    with pytest.raises(errors.Settled):
        claim(review=review.pk, among=queue(), by=BIA)
    with pytest.raises(errors.Unknown):
        claim(review=10**9, among=queue(), by=BIA)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gives, or the refusal it meets, all of them begun at the same moment."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return act()
        except errors.Refused as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.usefixtures("committed")
def test_two_reviewers_at_once_get_two_pairs() -> None:
    pairs = {make_review().pk for _ in range(4)}
    given = at_once(*(lambda by=by: claim_next(among=queue(), by=by).pk for by in (ANA, BIA, CAIO)))
    assert len(set(given)) == 3
    assert set(given) <= pairs


@pytest.mark.usefixtures("committed")
def test_one_pair_opened_by_two_at_once_is_of_one() -> None:
    review = make_review().pk
    given = at_once(*(lambda by=by: claim(review=review, among=queue(), by=by).pk for by in (ANA, BIA)))
    assert sorted(given, key=str) == sorted([review, errors.Taken], key=str)


@pytest.mark.usefixtures("committed")
def test_a_vote_sent_twice_counts_once() -> None:
    review = make_review(vetoes=["twins"])
    seen = shown(review)
    cast = at_once(*[lambda: vote(review=review.pk, verdict=Verdict.SAME, shown=seen, by=ANA).conclusion] * 3)
    assert cast.count(errors.AlreadyVoted) == 2
    assert Vote.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_two_votes_at_once_settle_a_risky_pair_once() -> None:
    review = make_review(vetoes=["twins"])
    seen = shown(review)
    cast = at_once(
        *(lambda by=by: vote(review=review.pk, verdict=Verdict.SAME, shown=seen, by=by).conclusion for by in (ANA, BIA))
    )
    assert sorted(cast) == ["same", "waiting"]
    assert (
        Judgement.objects.standing().filter(judge="user:ana").count()
        + Judgement.objects.filter(judge="user:bia").count()
        == 1
    )
