"""Asking for a follow, deciding on it, ending it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta import access as gate
from consulta.models import Follow, FollowState
from credentialing import policy
from credentialing.models import User
from registry.models import Person
from registry.selectors.people.news import NewsKind, Watched, news
from registry.selectors.search import Criteria, from_json, to_json
from registry.selectors.search.whole import persons_answering

# What comes without a date of its own (registry.selectors.people.news).
_UNDATED = (NewsKind.MATCH, NewsKind.DEATH)


class NotAsked(Exception):
    """The request was decided already, or is no longer there to decide."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is asked of a follow. `basis` is the case or law it rests on."""

    kinds: list[str]
    since: date
    until: date
    most_days: int
    reason: str
    basis: str


@transaction.atomic
def ask_of_person(*, user: User, person: Person, terms: Terms, by: Actor, renews: Follow | None = None) -> Follow:
    """Ask to follow a person, given by the home person of one of their records."""
    return _ask(user, terms, {}, by, person=person, renews=renews)


@transaction.atomic
def ask_of_search(
    *, user: User, name: str, criteria: Criteria, terms: Terms, by: Actor, renews: Follow | None = None
) -> Follow:
    """Ask to follow a search: who comes to answer it."""
    more = {"name": name, "criteria": to_json(criteria)}
    return _ask(user, terms, more, by, person=None, renews=renews)


@transaction.atomic
def decide(*, follow: Follow, approve: bool, note: str, decider: User, by: Actor) -> None:
    """A second person's answer. Once approved, what is known by now is no news. Raises NotAsked, PermissionDenied."""
    held = Follow.objects.select_for_update(of=("self",)).select_related("user__agency").get(pk=follow.pk)
    policy.require_decider(decider, held.user)
    if held.state != FollowState.ASKED:
        raise NotAsked
    held.state = FollowState.STANDING if approve else FollowState.REFUSED
    held.decided_by, held.decided_at, held.note = decider, timezone.now(), note
    if approve:
        held.known = _known(held)
        if held.renews_id:
            Follow.objects.filter(pk=held.renews_id).update(state=FollowState.ENDED, ended_at=held.decided_at)
    held.save()
    _record("follow.approve" if approve else "follow.refuse", held, by)


@transaction.atomic
def end(*, follow: Follow, by: Actor) -> None:
    """Its owner, or nobody else, ends it before its term."""
    ended = Follow.objects.filter(pk=follow.pk).exclude(state__in=[FollowState.ENDED, FollowState.REFUSED])
    if ended.update(state=FollowState.ENDED, ended_at=timezone.now()):
        _record("follow.end", follow, by)


def _ask(user: User, terms: Terms, more: dict[str, Any], by: Actor, **fields: Any) -> Follow:
    follow = Follow(
        user=user, kinds=terms.kinds, since=terms.since, until=terms.until, most_days=terms.most_days, **fields
    )
    follow.told = {"reason": terms.reason, "basis": terms.basis, **more}
    follow.save()
    _record("follow.ask", follow, by)
    return follow


def _known(follow: Follow) -> list[int]:
    """What the base holds of it now: records of the person (negative: told to be dead), or who answers the search."""
    scope = gate.scope_of(follow.user)
    if follow.person_id is None:
        return persons_answering(from_json(follow.told["criteria"]), scope)
    found = [one for one in news([Watched(follow.person_id, timezone.now())], scope) if one.kind in _UNDATED]
    return sorted({-one.record if one.kind is NewsKind.DEATH else one.record for one in found})


def _record(action: str, follow: Follow, by: Actor) -> None:
    detail = {
        "follow": str(follow.pk),
        "of": "search" if follow.person_id is None else "person",
        "kinds": list(follow.kinds),
        "since": follow.since.isoformat(),
        "until": follow.until.isoformat(),
    }
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=action, detail=detail))
