"""Which pairs wait for a human, and when they no longer do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from audit.events import Actor, Channel
from registry.matching.vetoes import SURELY_TWO
from registry.models import Judgement, Outcome, Prisoner, Record, Review, ReviewCause, Verdict
from registry.services import resolution
from registry.services.resolution import persons
from registry.services.reviewing import queueing
from tests.factories import registry as make

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ONE, OTHER = (Actor(username=name, channel=Channel.PAGE) for name in ("revisora", "revisor"))
MODEL = "model:0123456789ab"


def guess(a: Record, b: Record, verdict: Verdict = Verdict.UNSURE, score: float = 4.0, *vetoes: str) -> Judgement:
    past = timezone.now() - timedelta(hours=1)
    return make.make_judgement(a, b, verdict=verdict, judge=MODEL, score=score, vetoes=list(vetoes), made_at=past)


def rebuild(*records: Record) -> queueing.Queued:
    with connection.cursor() as cursor:
        persons.seed(cursor, (record.pk for record in records))
        persons.rebuild(cursor)
        return queueing.requeue(cursor)


def waiting() -> list[tuple[int, int, str]]:
    return list(Review.objects.open().values_list("a", "b", "cause"))


@pytest.fixture
def three() -> list[Prisoner]:
    return [make.make_prisoner(name=f"{name} TESTE") for name in ("ANA", "BIA", "CLARA")]


@pytest.mark.parametrize(("vetoes", "cause"), [((), ReviewCause.SCORE), (("twins",), ReviewCause.VETO)])
def test_unsure_pair_waits(three: list[Prisoner], vetoes: tuple[str, ...], cause: ReviewCause) -> None:
    asked = guess(three[0], three[1], Verdict.UNSURE, 4.5, *vetoes)
    assert rebuild(three[1]) == queueing.Queued(opened=1)
    review = Review.objects.get()
    assert (review.a_id, review.b_id, review.cause) == (three[0].pk, three[1].pk, cause)
    assert (review.judge, review.score, review.vetoes) == (MODEL, 4.5, list(vetoes))
    assert asked.verdict == Verdict.UNSURE
    assert rebuild(three[1]) == queueing.Queued()


def test_veto_keeps_apart_what_a_third_record_would_bring_together_and_the_weaker_edge_waits(
    three: list[Prisoner],
) -> None:
    guess(three[0], three[1], Verdict.UNSURE, 30, "twins")
    guess(three[0], three[2], Verdict.SAME, 20)
    guess(three[1], three[2], Verdict.SAME, 12)
    rebuild(*three)
    assert persons_of(three) == [three[0].home_id, three[1].home_id, three[0].home_id]
    assert waiting() == [
        (three[0].pk, three[1].pk, ReviewCause.VETO), (three[1].pk, three[2].pk, ReviewCause.REFUSED),
    ]  # fmt: skip


def test_surely_two_are_kept_apart_and_wait_for_nobody(three: list[Prisoner]) -> None:
    guess(three[0], three[1], Verdict.UNSURE, 30, "given_name", SURELY_TWO)
    guess(three[0], three[2], Verdict.SAME, 20)
    guess(three[1], three[2], Verdict.SAME, 12)
    rebuild(*three)
    assert persons_of(three) == [three[0].home_id, three[1].home_id, three[0].home_id]
    assert waiting() == [(three[1].pk, three[2].pk, ReviewCause.REFUSED)]


def test_human_overrules_a_veto_and_both_reviews_end(three: list[Prisoner]) -> None:
    vetoed = guess(three[0], three[1], Verdict.UNSURE, 30, "twins")
    guess(three[0], three[2], Verdict.SAME, 20)
    guess(three[1], three[2], Verdict.SAME, 12)
    rebuild(*three)
    judged = resolution.judge(a=three[0], b=three[1], verdict=Verdict.SAME, by=ONE, note="Digitais conferem.")
    assert (judged.holds, judged.contradicts, judged.judgement.note) == (True, (vetoed,), "Digitais conferem.")
    assert persons_of(three) == [three[0].home_id] * 3
    assert list(Review.objects.order_by("pk").values_list("outcome", flat=True)) == [Outcome.SAME, Outcome.WITHDRAWN]


def test_taking_the_humans_word_back_asks_again(three: list[Prisoner]) -> None:
    guess(three[0], three[1], Verdict.UNSURE, 30, "twins")
    judged = resolution.judge(a=three[0], b=three[1], verdict=Verdict.SAME, by=ONE)
    resolution.revoke(judgement=judged.judgement, by=OTHER, note="Pessoa errada.")
    assert persons_of(three[:2]) == [record.home_id for record in three[:2]]
    assert waiting() == [(three[0].pk, three[1].pk, ReviewCause.VETO)]
    judged.judgement.refresh_from_db()
    assert (judged.judgement.revoked_by, judged.judgement.revoked_note) == ("user:revisor", "Pessoa errada.")


def test_pair_that_a_human_could_not_decide_waits_again_only_when_the_model_judges_anew(three: list[Prisoner]) -> None:
    guess(three[0], three[1])
    rebuild(three[0])
    resolution.judge(a=three[0], b=three[1], verdict=Verdict.UNSURE, by=ONE)
    assert waiting() == []
    Judgement.objects.filter(judge=MODEL).update(made_at=timezone.now() + timedelta(hours=1))
    rebuild(three[0])
    assert waiting() == [(three[0].pk, three[1].pk, ReviewCause.SCORE)]


def test_model_does_not_join_what_a_human_could_not_decide(three: list[Prisoner]) -> None:
    guess(three[0], three[1], Verdict.SAME, 20)
    rebuild(three[0])
    resolution.judge(a=three[0], b=three[1], verdict=Verdict.UNSURE, by=ONE)
    assert persons_of(three[:2]) == [record.home_id for record in three[:2]]


def test_pair_that_came_together_through_others_no_longer_waits(three: list[Prisoner]) -> None:
    guess(three[0], three[1])
    guess(three[1], three[2], Verdict.SAME, 20)
    rebuild(*three)
    assert len(waiting()) == 1
    resolution.judge(a=three[0], b=three[2], verdict=Verdict.SAME, by=ONE)
    assert waiting() == []
    assert Review.objects.get(a=three[0].pk, b=three[1].pk).outcome == Outcome.WITHDRAWN


def test_humans_who_contradict_each_other_on_one_pair_are_told_and_asked(three: list[Prisoner]) -> None:
    first = resolution.judge(a=three[0], b=three[1], verdict=Verdict.SAME, by=ONE)
    second = resolution.judge(a=three[0], b=three[1], verdict=Verdict.DIFFERENT, by=OTHER)
    assert (second.holds, second.contradicts) == (True, (first.judgement,))
    assert waiting() == [(three[0].pk, three[1].pk, ReviewCause.CONTRADICTION)]
    assert persons_of(three[:2]) == [record.home_id for record in three[:2]]


def test_human_whose_word_goes_against_anothers_path_is_told_and_the_pair_waits(three: list[Prisoner]) -> None:
    apart = resolution.judge(a=three[0], b=three[1], verdict=Verdict.DIFFERENT, by=ONE)
    resolution.judge(a=three[0], b=three[2], verdict=Verdict.SAME, by=ONE)
    against = resolution.judge(a=three[1], b=three[2], verdict=Verdict.SAME, by=OTHER)
    assert (against.holds, against.contradicts) == (False, (apart.judgement,))
    assert waiting() == [(three[1].pk, three[2].pk, ReviewCause.CONTRADICTION)]
    assert persons_of(three) == [three[0].home_id, three[1].home_id, three[0].home_id]


def test_answered_contradiction_does_not_wait_again(three: list[Prisoner]) -> None:
    for judge, verdict in ((ONE, Verdict.SAME), (OTHER, Verdict.DIFFERENT)):
        resolution.judge(a=three[0], b=three[1], verdict=verdict, by=judge)
    Review.objects.open().update(closed_at=timezone.now() + timedelta(hours=1), outcome=Outcome.DIFFERENT)
    rebuild(*three)
    assert waiting() == []


def test_impact_is_custody_then_states_then_prison(three: list[Prisoner]) -> None:
    visitor, other = make.make_visitor(), make.make_visitor()
    far = make.make_prisoner(origin=make.make_origin("PE"))
    make.make_custody(prisoner=three[1])
    pairs = [(visitor, other), (three[0], three[2]), (three[0], far), (three[0], three[1]), (three[1], far)]
    for a, b in pairs:
        guess(a, b)
    rebuild(*three, visitor, far)
    found = dict(Review.objects.values_list("b", "impact").filter(a=three[1].pk))
    assert found == {far.pk: 7}
    assert [review.impact for review in Review.objects.open()] == [7, 5, 3, 1, 0]


def test_new_score_reaches_the_open_review(three: list[Prisoner]) -> None:
    asked = guess(three[0], three[1])
    rebuild(three[0])
    Judgement.objects.filter(pk=asked.pk).update(score=6.5, reasons=[{"feature": "cpf"}])
    assert rebuild(three[0]) == queueing.Queued()
    review = Review.objects.get()
    assert (review.score, review.reasons, review.closed_at) == (6.5, [{"feature": "cpf"}], None)


def test_sample_is_neither_changed_nor_withdrawn(three: list[Prisoner]) -> None:
    sample = Review.objects.create(a=three[0], b=three[1], cause=ReviewCause.SAMPLE, judge=MODEL, score=9.0)
    rebuild(*three)
    guess(three[0], three[1], Verdict.UNSURE, 3.0)
    rebuild(*three)
    sample.refresh_from_db()
    assert (sample.closed_at, sample.score) == (None, 9.0)


def persons_of(records: list[Prisoner]) -> list[int]:
    for record in records:
        record.refresh_from_db()
    return [record.person_id for record in records]
