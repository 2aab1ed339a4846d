"""Votes on pairs, and what follows when they agree, when they do not, and when one is taken back."""

import uuid
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from registry.matching.reviewing import Conclusion, conclude, risks
from registry.models import Outcome, Record, Review, ReviewCause, Verdict, Vote
from registry.selectors.reviewing import votes
from registry.selectors.reviewing.sides import Sides, fingerprint, sides_of, stakes_of
from registry.services import locks, resolution
from registry.services.reviewing.claiming import is_free, reviewer
from registry.services.reviewing.errors import AlreadyVoted, Busy, Changed, Settled, Taken

# How long a vote waits for a load that is judging records.
_PATIENCE = "SET LOCAL lock_timeout = '5s'"
_LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True)
class Cast:
    """A vote, what the votes of its pair come to with it, and the judgement that follows, if one does."""

    vote: Vote
    conclusion: Conclusion
    judged: resolution.Judged | None = None


@transaction.atomic
def vote(*, review: int, verdict: Verdict, shown: str, seconds: float | None = None, note: str = "", by: Actor) -> Cast:
    """Write down what a reviewer holds of a pair and settle it if that is enough.

    `shown` is the fingerprint of what they decided on, `seconds` how long they looked at it. Raises Settled,
    AlreadyVoted, Taken, Changed or Busy; then nothing is written.
    """
    name = reviewer(by)
    lock_judging()
    found = _open(review, name)
    sides = sides_of(found)
    if fingerprint(found, sides) != shown:
        raise Changed
    outdated = _withdraw_outdated(found)
    earlier = votes.disputed(found)
    made = Vote.objects.create(review=found, verdict=verdict, voter=name, note=note, seconds=seconds)
    cast = list(votes.standing(found))
    found.needs_second = not earlier and _needs_second(found, sides, verdict)
    conclusion = conclude(
        [one.verdict for one in cast],
        needed=2 if found.needs_second else 1,
        disputed=[one.verdict for one in earlier],
    )
    _record(made, conclusion, outdated, by)
    return Cast(made, conclusion, _follow(found, conclusion, [*earlier, *cast], by))


def lock_judging() -> None:
    """Nobody else judges until the transaction ends. Raises Busy when a load does, for longer than patience lasts."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_PATIENCE)
            locks.judging_records(cursor)
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise Busy from error
        raise


def shares_person(review: Review) -> bool:
    """True when the two records are held to be one person now."""
    persons = Record.objects.filter(pk__in=(review.a_id, review.b_id)).values_list("person_id", flat=True)
    return len(set(persons)) == 1


def _open(pk: int, name: str) -> Review:
    found = Review.objects.select_for_update().filter(pk=pk).first()
    if found is None or found.closed_at is not None:
        raise Settled
    if Review.objects.filter(votes.voted(name), pk=pk).exists():
        raise AlreadyVoted
    if not is_free(found, name, timezone.now()):
        raise Taken
    return found


def _withdraw_outdated(review: Review) -> list[int]:
    """Take back votes cast before one of the two records last changed: their voters have not seen what stands now."""
    records = Record.objects.filter(pk__in=(review.a_id, review.b_id))
    changed = records.aggregate(at=Max("received_at"))["at"]
    old = votes.standing(review).filter(cast_at__lt=changed)
    withdrawn = list(old.values_list("pk", flat=True))
    old.order_by().update(withdrawn_at=timezone.now())
    return withdrawn


def _needs_second(review: Review, sides: Sides, verdict: Verdict) -> bool:
    """Once asked for, a second vote stays asked for. A sample is a measurement until somebody finds it wrong."""
    if review.needs_second:
        return True
    if review.cause == ReviewCause.SAMPLE:
        return _contradicts(review, verdict)
    return bool(risks(stakes_of(review, sides)))


def _follow(review: Review, conclusion: Conclusion, cast: list[Vote], by: Actor) -> resolution.Judged | None:
    review.claimed_by, review.claimed_until = "", None
    if conclusion == Conclusion.WAITING:
        review.save(update_fields=["claimed_by", "claimed_until", "needs_second"])
        return None
    decided = Verdict.UNSURE if conclusion == Conclusion.DISPUTED else Verdict(conclusion.value)
    review.outcome, review.closed_at = Outcome(decided.value), timezone.now()
    review.save(update_fields=["claimed_by", "claimed_until", "needs_second", "outcome", "closed_at"])
    if conclusion == Conclusion.DISPUTED:
        _ask_a_third(review)
        return None
    return _judge(review, decided, cast, by) if _changes_something(review, decided) else None


def _changes_something(review: Review, decided: Verdict) -> bool:
    """A sample that says what stands already has measured and judges nothing."""
    return review.cause != ReviewCause.SAMPLE or _contradicts(review, decided)


def _contradicts(review: Review, verdict: Verdict) -> bool:
    return verdict != Verdict.UNSURE and (verdict == Verdict.SAME) != shares_person(review)


def _judge(review: Review, decided: Verdict, cast: list[Vote], by: Actor) -> resolution.Judged:
    """The judgement is in the name of the first who voted so; the audit names all."""
    agreeing = [one for one in cast if one.verdict == decided] or cast
    notes = [one.note for one in agreeing if one.note]
    return resolution.judge(
        a=review.a,
        b=review.b,
        verdict=decided,
        by=by,
        judge=agreeing[0].voter,
        note=" / ".join(notes),
        voters=[one.voter for one in cast],
    )


def _ask_a_third(review: Review) -> None:
    """A disputed sample stays one: its third reviewer is not told either."""
    Review.objects.create(
        a_id=review.a_id,
        b_id=review.b_id,
        cause=review.cause if review.cause == ReviewCause.SAMPLE else ReviewCause.CONTRADICTION,
        judge=review.judge,
        score=review.score,
        reasons=review.reasons,
        vetoes=review.vetoes,
        impact=review.impact,
    )


def _record(made: Vote, conclusion: Conclusion, outdated: list[int], by: Actor) -> None:
    recorder.record_with(
        Event(
            kind=Kind.JUDGED,
            actor=by,
            action="review.vote",
            subjects=subjects(made.review),
            detail={
                "review": made.review_id,
                "vote": made.pk,
                "verdict": made.verdict,
                "conclusion": conclusion.value,
                "records": [made.review.a_id, made.review.b_id],
                **({"outdated": outdated} if outdated else {}),
            },
        )
    )


def subjects(review: Review) -> tuple[uuid.UUID, ...]:
    """The persons the two records were born with: those ids never change."""
    homes = Record.objects.filter(pk__in=(review.a_id, review.b_id)).order_by("pk")
    return tuple(homes.values_list("home__public_id", flat=True))
