"""What became known of what is followed, turned into notices. Telling again what was told changes nothing."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from django.utils import timezone

from consulta import access as gate
from consulta.models import Follow, FollowKind, Notice
from credentialing import policy
from credentialing.roles import Permission
from registry.scope import Scope
from registry.selectors.people.news import News, NewsKind, Watched, news
from registry.selectors.search import from_json
from registry.selectors.search.whole import persons_answering

logger = logging.getLogger("consulta")

# Follows looked at by one statement, and notices written by one.
BATCH: Final = 500


def look() -> None:
    """Look at every follow at work, and tell what is new.

    Nothing is remembered of the last look: news is whatever was received since the follow was asked for, and what was
    told is known by its fact. A look that failed or came late therefore loses nothing.
    """
    today = timezone.localdate()
    follows = Follow.objects.at_work(today).select_related("user__agency").order_by("pk")
    by_scope: dict[Scope, list[Follow]] = defaultdict(list)
    for follow in follows:
        # Whoever may no longer consult hears of nobody.
        if policy.allows(follow.user, Permission.CONSULT_PEOPLE):
            by_scope[gate.scope_of(follow.user)].append(follow)
    for scope, own in by_scope.items():
        persons = [follow for follow in own if follow.person_id is not None]
        for start in range(0, len(persons), BATCH):
            _write(_of_persons(persons[start : start + BATCH], scope))
        for follow in own:
            if follow.person_id is None:
                _look_at_search(follow, scope)


def _look_at_search(follow: Follow, scope: Scope) -> None:
    """One search's trouble is not another's."""
    try:
        _write(_of_search(follow, scope))
    except Exception as error:  # noqa: BLE001 - whatever it is, the next follow has its turn
        logger.error("follow %s: %s", follow.pk, type(error).__name__)


def _of_persons(follows: Sequence[Follow], scope: Scope) -> Iterator[Notice]:
    by_home: dict[int, list[Follow]] = defaultdict(list)
    for follow in follows:
        by_home[follow.person_id or 0].append(follow)
    watched = [Watched(home, min(follow.asked_at for follow in own)) for home, own in by_home.items()]
    for one in news(watched, scope):
        for follow in by_home[one.home]:
            if _is_news(one, follow):
                yield Notice(follow=follow, kind=one.kind.value, fact=one.fact, happened_at=one.happened_at)


def _is_news(one: News, follow: Follow) -> bool:
    if one.kind.value not in follow.kinds:
        return False
    if one.kind is NewsKind.MATCH:
        return one.record not in follow.known
    if one.fact.startswith("death:") and -one.record in follow.known:
        return False
    fresh = one.received_at - one.happened_at <= timedelta(days=follow.most_days)
    return fresh and one.received_at >= follow.asked_at


def _of_search(follow: Follow, scope: Scope) -> Iterator[Notice]:
    now, known = timezone.now(), set(follow.known)
    for person in persons_answering(from_json(follow.told["criteria"]), scope):
        if person not in known:
            yield Notice(
                follow=follow, kind=FollowKind.ANSWER, fact=f"person:{person}", person_id=person, happened_at=now
            )


def _write(notices: Iterable[Notice]) -> None:
    waiting = iter(notices)
    while batch := list(islice(waiting, BATCH)):
        Notice.objects.bulk_create(batch, ignore_conflicts=True)
